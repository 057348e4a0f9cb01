#include "CxxNumbers.h"

#include <charconv>

#if __has_include(<simdjson.h>)
#include <simdjson.h>

bool cxx_has_simdjson(void) { return true; }

size_t cxx_read_simdjson(const char *text, size_t byte_count, double *numbers, size_t capacity) {
    static simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    if (parser.iterate(text, byte_count, byte_count + simdjson::SIMDJSON_PADDING).get(document)) { return 0; }
    simdjson::ondemand::array array;
    if (document["input"].get_array().get(array)) { return 0; }
    size_t count = 0;
    for (auto element : array) {
        double number;
        if (count == capacity || element.get_double().get(number)) { return 0; }
        numbers[count++] = number;
    }
    return count;
}
#else
bool cxx_has_simdjson(void) { return false; }

size_t cxx_read_simdjson(const char *, size_t, double *, size_t) { return 0; }
#endif

size_t cxx_read_from_chars(const char *text, size_t byte_count, double *numbers, size_t capacity) {
    const char *end = text + byte_count;
    size_t count = 0;
    while (text < end && count < capacity) {
        auto result = std::from_chars(text, end, numbers[count]);
        if (result.ec != std::errc()) { break; }
        count += 1;
        text = result.ptr + 1;
    }
    return count;
}

size_t cxx_write_to_chars(const double *numbers, size_t count, char *text, size_t capacity) {
    char *next = text;
    for (size_t index = 0; index < count; index++) {
        auto result = std::to_chars(next, text + capacity, numbers[index]);
        if (result.ec != std::errc()) { return 0; }
        next = result.ptr;
        *next++ = ',';
    }
    return next - text;
}
