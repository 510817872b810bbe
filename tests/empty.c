/* Nothing: what it costs to preload a library at all. */
typedef int nothing;
