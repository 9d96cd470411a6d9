#include "ElementwiseBodies.h"

#pragma STDC FP_CONTRACT OFF

// Defines every kernel for one instruction set, and their table.
#define KERNELS(LEVEL, TARGET)                                                                     \
  TARGET static void relu_##LEVEL(const float *x, float *y, size_t n) { relu_body(x, y, n); }      \
  TARGET static void relu_backward_##LEVEL(const float *y, const float *dy, float *dx, size_t n,   \
                                           float scale, float keep) {                              \
    relu_backward_body(y, dy, dx, n, scale, keep);                                                 \
  }                                                                                                \
  TARGET static void tanh_##LEVEL(const float *x, float *y, size_t n) { tanh_body(x, y, n); }      \
  TARGET static void tanh_backward_##LEVEL(const float *y, const float *dy, float *dx, size_t n,   \
                                           float scale, float keep) {                              \
    tanh_backward_body(y, dy, dx, n, scale, keep);                                                 \
  }                                                                                                \
  TARGET static void sigmoid_##LEVEL(const float *x, float *y, size_t n) {                         \
    sigmoid_body(x, y, n);                                                                         \
  }                                                                                                \
  TARGET static void sigmoid_backward_##LEVEL(const float *y, const float *dy, float *dx,          \
                                              size_t n, float scale, float keep) {                 \
    sigmoid_backward_body(y, dy, dx, n, scale, keep);                                              \
  }                                                                                                \
  TARGET static double likelihood_##LEVEL(const float *z, const uint8_t *s, float *slope,          \
                                          size_t n) {                                              \
    return likelihood_body(z, s, slope, n);                                                        \
  }                                                                                                \
  TARGET static void meets_##LEVEL(const uint64_t *a, const uint64_t *sets, size_t n, size_t w,    \
                                   uint8_t *out) {                                                 \
    meets_body(a, sets, n, w, out);                                                                \
  }                                                                                                \
  TARGET static double squared_distance_##LEVEL(const float *a, const float *b, size_t n) {        \
    return squared_distance_body(a, b, n);                                                         \
  }                                                                                                \
  TARGET static void difference_##LEVEL(const float *a, const float *b, float *out, size_t n,      \
                                        float scale, float keep) {                                 \
    difference_body(a, b, out, n, scale, keep);                                                    \
  }                                                                                                \
  TARGET static void blend_##LEVEL(const float *a, float *out, size_t n, float scale,              \
                                   float keep) {                                                   \
    blend_body(a, out, n, scale, keep);                                                            \
  }                                                                                                \
  TARGET static void product_##LEVEL(const float *a, const float *b, float *out, size_t n,         \
                                     float scale, float keep) {                                    \
    product_body(a, b, out, n, scale, keep);                                                       \
  }                                                                                                \
  TARGET static double sum_##LEVEL(const float *a, size_t n) { return sum_body(a, n); }            \
  TARGET static void sgd_##LEVEL(float *p, const float *g, size_t n, float rate, float decay) {    \
    sgd_body(p, g, n, rate, decay);                                                                \
  }                                                                                                \
  TARGET static void sgd_momentum_##LEVEL(float *p, const float *g, float *v, size_t n,            \
                                          float rate, float decay, float momentum) {               \
    sgd_momentum_body(p, g, v, n, rate, decay, momentum);                                          \
  }                                                                                                \
  TARGET static void rmsprop_##LEVEL(float *p, const float *g, float *a, size_t n, float rate,     \
                                     float rho, float epsilon) {                                   \
    rmsprop_body(p, g, a, n, rate, rho, epsilon);                                                  \
  }                                                                                                \
  TARGET static void adam_##LEVEL(float *p, const float *g, float *m, float *v, size_t n,          \
                                  float rate, float beta1, float beta2, float epsilon, float c1,   \
                                  float c2) {                                                      \
    adam_body(p, g, m, v, n, rate, beta1, beta2, epsilon, c1, c2);                                 \
  }                                                                                                \
  static const ewk_kernels table_##LEVEL = {                                                       \
      .relu = relu_##LEVEL,                                                                        \
      .relu_backward = relu_backward_##LEVEL,                                                      \
      .tanh = tanh_##LEVEL,                                                                        \
      .tanh_backward = tanh_backward_##LEVEL,                                                      \
      .sigmoid = sigmoid_##LEVEL,                                                                  \
      .sigmoid_backward = sigmoid_backward_##LEVEL,                                                \
      .likelihood = likelihood_##LEVEL,                                                            \
      .meets = meets_##LEVEL,                                                                      \
      .squared_distance = squared_distance_##LEVEL,                                                \
      .difference = difference_##LEVEL,                                                            \
      .blend = blend_##LEVEL,                                                                      \
      .product = product_##LEVEL,                                                                  \
      .sum = sum_##LEVEL,                                                                          \
      .sgd = sgd_##LEVEL,                                                                          \
      .sgd_momentum = sgd_momentum_##LEVEL,                                                        \
      .rmsprop = rmsprop_##LEVEL,                                                                  \
      .adam = adam_##LEVEL,                                                                        \
  };

KERNELS(scalar, )

#if defined(__x86_64__)
KERNELS(avx2, __attribute__((target("avx2"))))
KERNELS(avx512, __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq"))))

bool ewk_supports(ewk_level level) {
  __builtin_cpu_init();
  switch (level) {
  case EWK_SCALAR:
    return true;
  case EWK_AVX2:
    return __builtin_cpu_supports("avx2");
  case EWK_AVX512:
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
  }
  return false;
}

const ewk_kernels *ewk_kernels_of(ewk_level level) {
  switch (level) {
  case EWK_AVX512:
    return &table_avx512;
  case EWK_AVX2:
    return &table_avx2;
  case EWK_SCALAR:
    break;
  }
  return &table_scalar;
}
#else
bool ewk_supports(ewk_level level) { return level == EWK_SCALAR; }

const ewk_kernels *ewk_kernels_of(ewk_level level) {
  (void)level;
  return &table_scalar;
}
#endif
