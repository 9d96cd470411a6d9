import Foundation
import Tensors

// The hash layer's activations and their penalties. Scales α have shape (1, K), one per bit.

extension Variable {
  /// DBRC-L: q = tanh(α s) (TMM 2019 eq.
  ///
  /// 16, without the penalty that is printed inside it).
  func linearScaledTanh(scales: Variable) -> Variable {
    scalingColumns(by: scales).tanh()
  }

  /// DBRC-N: q = tanh(log_{1+α}(1 + |s|) · sign s) (TMM 2019 eq.
  ///
  /// 20, extended to s < 0 as an odd function).
  func logarithmicScaledTanh(scales: Variable) -> Variable {
    signedLogarithm().scalingColumns(by: scales.inverseLogarithm()).tanh()
  }

  /// y = sign(x) ln(1 + |x|).
  ///
  /// Gradient: dx = dy / (1 + |x|).
  func signedLogarithm() -> Variable {
    let x = value
    return tape.record(rows: x.rows, columns: x.columns, from: [self]) { y in
      for index in y.elements.indices {
        let element = x.elements[index]
        y.elements[index] = element < 0 ? -log1p(-element) : log1p(element)
      }
    } backward: { _, dy in
      receive { dx in
        dx.blendEach { index in dy.elements[index] / (1 + abs(x.elements[index])) }
      }
    }
  }

  /// w = 1 / ln(1 + α), for α > 0.
  ///
  /// Gradient: dα = −w² / (1 + α) dw.
  func inverseLogarithm() -> Variable {
    tape.record(rows: rows, columns: columns, from: [self]) { w in
      for index in w.elements.indices { w.elements[index] = 1 / log1p(value.elements[index]) }
    } backward: { w, dw in
      receive { dα in
        dα.blendEach { index in
          let weight = w.elements[index]
          return -weight * weight / (1 + value.elements[index]) * dw.elements[index]
        }
      }
    }
  }

  /// Σ α⁻², the penalty of DBRC-L, a scalar.
  ///
  /// Gradient: dα = −2 α⁻³ ds.
  func inverseSquareSum() -> Variable {
    tape.record(rows: 1, columns: 1, from: [self]) { s in
      s.elements[0] = value.elements.reduce(0) { $0 + 1 / ($1 * $1) }
    } backward: { _, ds in
      receive { dα in
        dα.blendEach { index in
          let scale = value.elements[index]
          return -2 / (scale * scale * scale) * ds.elements[0]
        }
      }
    }
  }
}

extension Contribution {
  /// Blends a contribution that is computed element by element; for small matrices.
  func blendEach(_ element: (Int) -> Float) {
    for index in target.elements.indices {
      let kept = keep == 0 ? 0 : keep * target.elements[index]
      target.elements[index] = kept + scale * element(index)
    }
  }
}
