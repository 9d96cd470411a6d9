#include <cblas.h>

// The LAPACK routines in use. OpenBLAS exports them under Fortran's names but Debian ships no header
// with their prototypes. Matrices are column-major, everything is passed by pointer, and each
// character argument has its length at the end of the list, as gfortran wants it.

// All eigenvalues, ascending, and eigenvectors of a symmetric matrix.
void dsyevd_(const char *jobz, const char *uplo, const blasint *n, double *a, const blasint *lda,
             double *w, double *work, const blasint *lwork, blasint *iwork, const blasint *liwork,
             blasint *info, size_t jobz_length, size_t uplo_length);

// The same for A x = λ B x with B positive definite.
void dsygvd_(const blasint *itype, const char *jobz, const char *uplo, const blasint *n, double *a,
             const blasint *lda, double *b, const blasint *ldb, double *w, double *work,
             const blasint *lwork, blasint *iwork, const blasint *liwork, blasint *info,
             size_t jobz_length, size_t uplo_length);

// Singular value decomposition by divide and conquer.
void dgesdd_(const char *jobz, const blasint *m, const blasint *n, double *a, const blasint *lda,
             double *s, double *u, const blasint *ldu, double *vt, const blasint *ldvt, double *work,
             const blasint *lwork, blasint *iwork, blasint *info, size_t jobz_length);

// Cholesky factor of a positive definite matrix.
void dpotrf_(const char *uplo, const blasint *n, double *a, const blasint *lda, blasint *info,
             size_t uplo_length);
