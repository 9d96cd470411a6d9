// The bodies of the kernels: plain loops, inlined into one function per instruction set.
#ifndef CROSSBIT_ELEMENTWISE_BODIES_H
#define CROSSBIT_ELEMENTWISE_BODIES_H

#include "ElementwiseKernels.h"
#include <string.h>

#pragma STDC FP_CONTRACT OFF

#define BODY static inline __attribute__((always_inline))
#define LANES 16

// -- One element ---------------------------------------------------------------------------------

BODY float from_bits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, 4);
  return value;
}

BODY uint32_t to_bits(float value) {
  uint32_t bits;
  memcpy(&bits, &value, 4);
  return bits;
}

// exp(x) for x clamped to [-87, 88]: x = n ln 2 + r, a polynomial in r (Cephes expf), 2^n by its
// exponent bits. Adding 1.5 * 2^23 rounds to an integer that then stands in the low bits. The
// comparison is written so that NaN stays NaN.
BODY float exp1(float x) {
  x = x < -87.0f ? -87.0f : x;
  x = x > 88.0f ? 88.0f : x;
  const float magic = 12582912.0f;
  float shifted = x * 1.44269504088896341f + magic;
  float n = shifted - magic;
  float r = (x - n * 0.693359375f) - n * -2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  float y = p * (r * r) + r + 1.0f;
  uint32_t exponent = (to_bits(shifted) - to_bits(magic) + 127u) << 23;
  return y * from_bits(exponent);
}

// log(1 + u) for 0 <= u <= 1 as 2 artanh(s), s = u / (2 + u) <= 1/3; the next term of the series
// is below 2e-8 of the sum.
BODY float log1p1(float u) {
  float s = u / (2.0f + u);
  float q = s * s;
  float p = 1.0f / 13.0f;
  p = p * q + 1.0f / 11.0f;
  p = p * q + 1.0f / 9.0f;
  p = p * q + 1.0f / 7.0f;
  p = p * q + 1.0f / 5.0f;
  p = p * q + 1.0f / 3.0f;
  p = p * q + 1.0f;
  return 2.0f * s * p;
}

// tanh: an odd polynomial (Cephes tanhf) below 0.625, 1 - 2 / (exp(2|x|) + 1) above.
BODY float tanh1(float x) {
  float a = x < 0 ? -x : x;
  float q = x * x;
  float p = -5.70498872745e-3f;
  p = p * q + 2.06390887954e-2f;
  p = p * q - 5.37397155531e-2f;
  p = p * q + 1.33314422036e-1f;
  p = p * q - 3.33332819422e-1f;
  float small = p * q * x + x;
  float large = 1.0f - 2.0f / (exp1(2.0f * a) + 1.0f);
  large = x < 0 ? -large : large;
  return a > 0.625f ? large : small;
}

BODY float sigmoid1(float x) {
  float a = x < 0 ? -x : x;
  float e = exp1(-a);
  float r = 1.0f / (1.0f + e);
  return x < 0 ? e * r : r;
}

BODY float blended(float old, float value, float scale, float keep) {
  return keep * old + scale * value;
}

// Runs STATEMENT for every i, with keep = 0 in a loop of its own that does not read the output.
#define BLEND_LOOP(OUT, VALUE)                                                                     \
  if (keep == 0) {                                                                                 \
    for (size_t i = 0; i < n; i++)                                                                 \
      (OUT)[i] = scale * (VALUE);                                                                  \
  } else {                                                                                         \
    for (size_t i = 0; i < n; i++)                                                                 \
      (OUT)[i] = blended((OUT)[i], (VALUE), scale, keep);                                          \
  }

// -- Activations ---------------------------------------------------------------------------------

BODY void relu_body(const float *x, float *y, size_t n) {
  for (size_t i = 0; i < n; i++)
    y[i] = x[i] < 0 ? 0 : x[i];
}

BODY void relu_backward_body(const float *y, const float *dy, float *dx, size_t n, float scale,
                             float keep){BLEND_LOOP(dx, y[i] > 0 ? dy[i] : 0.0f)}

BODY void tanh_body(const float *x, float *y, size_t n) {
  for (size_t i = 0; i < n; i++)
    y[i] = tanh1(x[i]);
}

BODY void tanh_backward_body(const float *y, const float *dy, float *dx, size_t n, float scale,
                             float keep){BLEND_LOOP(dx, (1.0f - y[i] * y[i]) * dy[i])}

BODY void sigmoid_body(const float *x, float *y, size_t n) {
  for (size_t i = 0; i < n; i++)
    y[i] = sigmoid1(x[i]);
}

BODY void sigmoid_backward_body(const float *y, const float *dy, float *dx, size_t n, float scale,
                                float keep){BLEND_LOOP(dx, y[i] * (1.0f - y[i]) * dy[i])}

// -- Reductions: LANES running sums in double, added in lane order
// ---------------------------------

BODY double lane_total(const double *lanes) {
  double total = 0;
  for (int lane = 0; lane < LANES; lane++)
    total += lanes[lane];
  return total;
}

// softplus(z) = max(z, 0) + log1p(exp(-|z|)); its slope, the logistic function, shares exp(-|z|).
BODY float likelihood1(float z, float s, float *slope) {
  float a = z < 0 ? -z : z;
  float e = exp1(-a);
  float r = 1.0f / (1.0f + e);
  *slope = (z < 0 ? e * r : r) - s;
  return (z < 0 ? 0.0f : z) + log1p1(e) - s * z;
}

BODY double likelihood_body(const float *z, const uint8_t *s, float *slope, size_t n) {
  double lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    float loss[LANES], g[LANES];
    for (int l = 0; l < LANES; l++)
      loss[l] = likelihood1(z[i + l], (float)s[i + l], &g[l]);
    for (int l = 0; l < LANES; l++)
      slope[i + l] = g[l];
    for (int l = 0; l < LANES; l++)
      lanes[l] += loss[l];
  }
  for (int l = 0; i < n; i++, l++)
    lanes[l] += likelihood1(z[i], (float)s[i], &slope[i]);
  return lane_total(lanes);
}

BODY double squared_distance_body(const float *a, const float *b, size_t n) {
  double lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    for (int l = 0; l < LANES; l++) {
      float d = a[i + l] - b[i + l];
      lanes[l] += d * d;
    }
  }
  for (int l = 0; i < n; i++, l++) {
    float d = a[i] - b[i];
    lanes[l] += d * d;
  }
  return lane_total(lanes);
}

BODY double sum_body(const float *a, size_t n) {
  double lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    for (int l = 0; l < LANES; l++)
      lanes[l] += a[i + l];
  }
  for (int l = 0; i < n; i++, l++)
    lanes[l] += a[i];
  return lane_total(lanes);
}

// -- Arithmetic ----------------------------------------------------------------------------------

BODY void meets_body(const uint64_t *a, const uint64_t *sets, size_t n, size_t w, uint8_t *out) {
  if (w == 1) {
    uint64_t word = a[0];
    for (size_t i = 0; i < n; i++)
      out[i] = (sets[i] & word) != 0;
    return;
  }
  for (size_t i = 0; i < n; i++) {
    uint64_t common = 0;
    for (size_t k = 0; k < w; k++)
      common |= sets[i * w + k] & a[k];
    out[i] = common != 0;
  }
}

BODY void difference_body(const float *a, const float *b, float *out, size_t n, float scale,
                          float keep){BLEND_LOOP(out, a[i] - b[i])}

BODY void blend_body(const float *a, float *out, size_t n, float scale,
                     float keep){BLEND_LOOP(out, a[i])}

BODY void product_body(const float *a, const float *b, float *out, size_t n, float scale,
                       float keep){BLEND_LOOP(out, a[i] * b[i])}

// -- Optimisers ----------------------------------------------------------------------------------

BODY void sgd_body(float *p, const float *g, size_t n, float rate, float decay) {
  for (size_t i = 0; i < n; i++)
    p[i] -= rate * (g[i] + decay * p[i]);
}

BODY void sgd_momentum_body(float *p, const float *g, float *v, size_t n, float rate, float decay,
                            float momentum) {
  for (size_t i = 0; i < n; i++) {
    v[i] = momentum * v[i] + (g[i] + decay * p[i]);
    p[i] -= rate * v[i];
  }
}

BODY void rmsprop_body(float *p, const float *g, float *a, size_t n, float rate, float rho,
                       float epsilon) {
  for (size_t i = 0; i < n; i++) {
    a[i] = rho * a[i] + (1.0f - rho) * (g[i] * g[i]);
    p[i] -= rate * g[i] / (__builtin_elementwise_sqrt(a[i]) + epsilon);
  }
}

BODY void adam_body(float *p, const float *g, float *m, float *v, size_t n, float rate, float beta1,
                    float beta2, float epsilon, float c1, float c2) {
  for (size_t i = 0; i < n; i++) {
    m[i] = beta1 * m[i] + (1.0f - beta1) * g[i];
    v[i] = beta2 * v[i] + (1.0f - beta2) * (g[i] * g[i]);
    p[i] -= rate * (m[i] * c1) / (__builtin_elementwise_sqrt(v[i] * c2) + epsilon);
  }
}

#endif
