/* A library that interposes nothing: what preloading costs before it does anything. */
void cloexec_bench_empty(void);

void cloexec_bench_empty(void)
{
}
