#pragma once
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Whether simdjson was there when this was built.
bool cxx_has_simdjson(void);

/// Reads the numbers of `{"input":[...]}` with simdjson's On-Demand interface; the text has 64 readable bytes behind
/// it. Returns how many, or 0 where the text is not what it should be.
size_t cxx_read_simdjson(const char *text, size_t byte_count, double *numbers, size_t capacity);

/// Reads numbers with commas between them with std::from_chars. Returns how many.
size_t cxx_read_from_chars(const char *text, size_t byte_count, double *numbers, size_t capacity);

/// Writes numbers with commas behind them with std::to_chars. Returns the length of the text.
size_t cxx_write_to_chars(const double *numbers, size_t count, char *text, size_t capacity);

#ifdef __cplusplus
}
#endif
