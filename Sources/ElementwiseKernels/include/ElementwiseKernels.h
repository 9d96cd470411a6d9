// Element-wise maths over float arrays that Swift does not vectorise: exponentials (Swift calls
// libm one element at a time) and square roots (the errno call blocks vectorisation on Linux).
//
// One plain C body per kernel is compiled for several instruction sets; the table of one set is
// taken at start. No product is fused with a sum (FP_CONTRACT is off) and every reduction runs over
// sixteen fixed lanes, so all sets return the same bits.
//
// "Blend" arguments: out = keep * out + scale * value. With keep = 0, out is written without being
// read, so it may hold anything.
#ifndef CROSSBIT_ELEMENTWISE_KERNELS_H
#define CROSSBIT_ELEMENTWISE_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum { EWK_SCALAR = 0, EWK_AVX2 = 1, EWK_AVX512 = 2 } ewk_level;

typedef struct {
  // y = max(x, 0)
  void (*relu)(const float *x, float *y, size_t n);
  // dx = keep dx + scale (y > 0 ? dy : 0), with y the output of relu
  void (*relu_backward)(const float *y, const float *dy, float *dx, size_t n, float scale,
                        float keep);
  // y = tanh(x), error below 2 units in the last place
  void (*tanh)(const float *x, float *y, size_t n);
  // dx = keep dx + scale (1 - y^2) dy, with y the output of tanh
  void (*tanh_backward)(const float *y, const float *dy, float *dx, size_t n, float scale,
                        float keep);
  // y = 1 / (1 + exp(-x))
  void (*sigmoid)(const float *x, float *y, size_t n);
  // dx = keep dx + scale y (1 - y) dy, with y the output of sigmoid
  void (*sigmoid_backward)(const float *y, const float *dy, float *dx, size_t n, float scale,
                           float keep);
  // Negative log-likelihood of similarity bits s under logits z:
  // returns sum softplus(z) - s z; slope = softplus'(z) - s = sigmoid(z) - s. slope may be z.
  double (*likelihood)(const float *z, const uint8_t *s, float *slope, size_t n);
  // out[i] = 1 where one of the w words of a meets word set i, else 0
  void (*meets)(const uint64_t *a, const uint64_t *sets, size_t n, size_t w, uint8_t *out);
  // sum of (a - b)^2
  double (*squared_distance)(const float *a, const float *b, size_t n);
  // out = keep out + scale (a - b)
  void (*difference)(const float *a, const float *b, float *out, size_t n, float scale, float keep);
  // out = keep out + scale a
  void (*blend)(const float *a, float *out, size_t n, float scale, float keep);
  // out = keep out + scale a b
  void (*product)(const float *a, const float *b, float *out, size_t n, float scale, float keep);
  // sum of a, over sixteen lanes
  double (*sum)(const float *a, size_t n);
  // p -= rate (g + decay p)
  void (*sgd)(float *p, const float *g, size_t n, float rate, float decay);
  // v = momentum v + g + decay p; p -= rate v
  void (*sgd_momentum)(float *p, const float *g, float *v, size_t n, float rate, float decay,
                       float momentum);
  // a = rho a + (1 - rho) g^2; p -= rate g / (sqrt(a) + epsilon)
  void (*rmsprop)(float *p, const float *g, float *a, size_t n, float rate, float rho,
                  float epsilon);
  // m, v: exponential means of g and g^2; p -= rate m c1 / (sqrt(v c2) + epsilon), where
  // c1 = 1 / (1 - beta1^t) and c2 = 1 / (1 - beta2^t) undo the bias of the zero start
  void (*adam)(float *p, const float *g, float *m, float *v, size_t n, float rate, float beta1,
               float beta2, float epsilon, float c1, float c2);
} ewk_kernels;

// The kernels of one level. Call only levels that ewk_supports.
const ewk_kernels *ewk_kernels_of(ewk_level level);
// Whether this processor can run a level.
bool ewk_supports(ewk_level level);

#endif
