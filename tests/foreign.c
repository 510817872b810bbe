/* A library that the test programs are linked with.  Its constructor calls back, at a time when a preloaded library's
 * constructor has not run yet. */
void foreign_constructed(int argc, char **argv);

/* glibc gives constructors what it gives main. */
__attribute__((constructor)) static void construct(int argc, char **argv)
{
	foreign_constructed(argc, argv);
}
