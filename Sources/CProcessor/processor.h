// What the processor and the operating system offer, the vector instructions of the set that a module is compiled for,
// and those on cache lines; Swift has no way of its own to ask for either.
#pragma once

#if defined(__x86_64__)
#include <cpuid.h>
#if defined(__AVX512IFMA__)
#include <immintrin.h>
#else
#include <emmintrin.h>
#endif

// The features of x86-64-v3 that floating-point and integer code compiled for it uses.
static inline _Bool processor_has_avx2(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi")
        && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("lzcnt") && __builtin_cpu_supports("movbe")
        && __builtin_cpu_supports("f16c") && __builtin_cpu_supports("popcnt");
}

// Those, and the AVX-512 subsets that every server processor with AVX-512 has.
static inline _Bool processor_has_avx512(void) {
    return processor_has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512cd");
}

// Those, and three subsets that came with Ice Lake and Zen 4: the multiplication of 52 bits, bytes in any order, and
// counting bits.
static inline _Bool processor_has_avx512icelake(void) {
    return processor_has_avx512() && __builtin_cpu_supports("avx512ifma") && __builtin_cpu_supports("avx512vbmi")
        && __builtin_cpu_supports("avx512vpopcntdq");
}

// Whether lines can be written back and taken out of all caches without waiting for one before the next.
static inline _Bool processor_has_clflushopt(void) {
    unsigned a, b, c, d;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_CLFLUSHOPT);
}

// Does that with the line of an address. What is in memory is the same afterwards.
static inline void processor_clflushopt(const void *address) {
    __asm__ volatile("clflushopt %0" : : "m"(*(const char *)address) : "memory");
}

// Waits until what has been stored so far is where other cores see it.
static inline void processor_mfence(void) { __asm__ volatile("mfence" ::: "memory"); }
#else
static inline _Bool processor_has_avx2(void) { return 0; }
static inline _Bool processor_has_avx512(void) { return 0; }
static inline _Bool processor_has_avx512icelake(void) { return 0; }
static inline _Bool processor_has_clflushopt(void) { return 0; }
static inline void processor_clflushopt(const void *address) {}
static inline void processor_mfence(void) {}
#endif
