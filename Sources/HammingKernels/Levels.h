// The instruction sets of each level, as attributes of the functions compiled for it.

#ifndef CROSSBIT_LEVELS_H
#define CROSSBIT_LEVELS_H

#define TARGET_scalar
#define TARGET_popcnt __attribute__((target("popcnt")))
#define TARGET_avx2 __attribute__((target("avx2,popcnt")))
#define TARGET_avx512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vpopcntdq,popcnt")))

// What `hamming_kernels.plane_histogram` of a level points at.
#define DECLARE_PLANE_HISTOGRAM(level)                                                             \
  void plane_histogram_##level(const uint64_t *planes, ptrdiff_t blocks,                           \
                               ptrdiff_t planes_per_block, ptrdiff_t bits, const uint64_t *flips,  \
                               const uint32_t *labels, ptrdiff_t label_count, uint32_t *items,     \
                               uint32_t *relevant);

DECLARE_PLANE_HISTOGRAM(scalar)
DECLARE_PLANE_HISTOGRAM(popcnt)
DECLARE_PLANE_HISTOGRAM(avx2)
DECLARE_PLANE_HISTOGRAM(avx512)

#endif
