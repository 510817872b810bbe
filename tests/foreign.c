/* A library that the test programs are linked with.  Its constructor calls back, at a time when a preloaded library's
 * constructor has not run yet. */
void foreign_constructed(void);

__attribute__((constructor)) static void construct(void)
{
	foreign_constructed();
}
