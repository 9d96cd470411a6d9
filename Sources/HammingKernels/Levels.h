// The instruction sets of each level, as attributes of the functions compiled for it.

#ifndef CROSSBIT_LEVELS_H
#define CROSSBIT_LEVELS_H

#define TARGET_scalar
#define TARGET_popcnt __attribute__((target("popcnt")))
#define TARGET_avx2 __attribute__((target("avx2,popcnt")))
#define TARGET_avx512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vpopcntdq,popcnt")))

// What `hamming_kernels` of a level points at.
#define DECLARE_PLANE_KERNELS(level)                                                               \
  void make_block_##level(const uint64_t *codes, const uint64_t *labels, ptrdiff_t count,          \
                          ptrdiff_t bits, ptrdiff_t label_count, uint64_t *block);                 \
  void plane_histogram_##level(const uint64_t *blocks, ptrdiff_t count,                            \
                               ptrdiff_t planes_per_block, ptrdiff_t bits, uint64_t flip,          \
                               const uint32_t *carries, const uint32_t *labels,                    \
                               ptrdiff_t label_count, uint32_t *items, uint32_t *relevant);

DECLARE_PLANE_KERNELS(scalar)
DECLARE_PLANE_KERNELS(popcnt)
DECLARE_PLANE_KERNELS(avx2)
DECLARE_PLANE_KERNELS(avx512)

#endif
