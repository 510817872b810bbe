/* The rewriter of stdio's mode strings. */
/* Links: src/mode.c */
#include "fuzz.h"

#include "mode.h"

#include <stdbool.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *mode = next_text(&data, &size);
	char *flagged = malloc(MODE_SIZE);

	HOLDS(flagged);
	if (mode) {
		bool asks = mode_asks(mode);

		HOLDS(!asks || mode_asks_popen(mode));
		if (mode_flag(flagged, mode)) {
			HOLDS(flagged[0] == mode[0] && flagged[1] == 'e');
			HOLDS(strcmp(flagged + 2, mode + 1) == 0);
			HOLDS(mode_asks(flagged) && mode_asks_popen(flagged));
		}
	}
	free(flagged);
	free(mode);
	return 0;
}
