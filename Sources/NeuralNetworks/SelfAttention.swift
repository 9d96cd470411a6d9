import Foundation
public import Tensors

/// Multi-head self-attention among the parts of each item, with residual and layer normalisation
/// (Vaswani et al. 2017, section 3.2, without the feed-forward half): y = LN(x + A W + b).
///
/// A is ``Tensors/Variable/attendingParts(_:heads:)`` of the queries, keys and values of x, which one
/// dense layer makes for all parts of all items at once.
public struct SelfAttention {
  /// Number of heads.
  public let heads: Int
  private let projection: Linear
  private let output: Linear
  private let normalisation: LayerNormalisation

  /// Creates a block with random weights.
  ///
  /// - Parameters:
  ///   - name: Prefix of the parameters' names and of their random streams.
  ///   - width: Columns of a part, a multiple of `heads`.
  ///   - heads: Number of heads.
  ///   - weights: How weights start.
  ///   - random: Stream from which the block takes sub-streams of its own.
  /// - Precondition: `width` is a multiple of `heads`.
  public init(
    _ name: String, width: Int, heads: Int, weights: Initialiser, random: RandomStream
  ) {
    precondition(
      heads >= 1 && width.isMultiple(of: heads), "\(heads) heads do not share \(width) columns")
    self.heads = heads
    projection = Linear(
      "\(name).projection", inputs: width, outputs: 3 * width, weights: weights, random: random)
    output = Linear(
      "\(name).output", inputs: width, outputs: width, weights: weights, random: random)
    normalisation = LayerNormalisation("\(name).normalisation", columns: width)
  }

  /// All parameters.
  public var parameters: [Parameter] {
    projection.parameters + output.parameters + normalisation.parameters
  }

  /// Applies the block to x of shape (n · parts, width), where `parts` neighbouring rows are an item.
  public func callAsFunction(_ x: Variable, parts: Int) -> Variable {
    normalisation(x.plus(output(projection(x).attendingParts(parts, heads: heads))))
  }
}

extension Variable {
  /// Scaled dot-product attention among every `parts` neighbouring rows, head by head.
  ///
  /// This variable holds queries, keys and values side by side, shape (n · parts, 3 w); a head has d =
  /// w / heads columns of each. For item and head, with Q, K and V of shape (parts, d),
  ///
  ///     A = softmax(Q Kᵀ / √d),  y = A V,  shape of all heads (n · parts, w)
  ///
  /// Gradients: dV = Aᵀ dy; with dA = dy Vᵀ, dS_ij = A_ij (dA_ij − Σ_l dA_il A_il) / √d, dQ = dS K and
  /// dK = dSᵀ Q. The blocks are small and many, so plain loops over them beat one product each.
  public func attendingParts(_ parts: Int, heads: Int) -> Variable {
    let width = columns / 3
    precondition(
      parts >= 1 && rows.isMultiple(of: parts) && columns == 3 * width && heads >= 1
        && width.isMultiple(of: heads),
      "shape (\(rows), \(columns)) is not queries, keys and values of \(parts) parts and "
        + "\(heads) heads")
    let shape = AttentionShape(parts: parts, width: width, heads: heads, items: rows / parts)
    let attention = tape.scratch(rows: rows * heads, columns: parts)
    return tape.record(rows: rows, columns: width, from: [self]) { y in
      y.fill(0)
      shape.attend(value, attention, to: y)
    } backward: { _, dy in
      receive { d in
        for index in d.target.elements.indices {
          d.target.elements[index] = d.keep == 0 ? 0 : d.keep * d.target.elements[index]
        }
        shape.addGradient(of: dy, value, attention, scale: d.scale, to: d.target)
      }
    }
  }
}

/// The loops of attention over items, heads and parts.
private struct AttentionShape {
  let parts: Int
  let width: Int
  let heads: Int
  let items: Int

  private var depth: Int { width / heads }
  private var scale: Float { 1 / Float(depth).squareRoot() }

  /// Calls a body with the first row of each item and head, the head's first column, and the first
  /// element of their block of attention.
  private func forEachBlock(_ body: (_ row: Int, _ column: Int, _ block: Int) -> Void) {
    for item in 0..<items {
      for head in 0..<heads {
        body(item * parts, head * depth, (item * heads + head) * parts * parts)
      }
    }
  }

  /// Adds A V to y and writes A, (items · heads · parts, parts).
  func attend(_ value: Matrix, _ attention: Matrix, to y: Matrix) {
    guard let x = value.elements.baseAddress, let a = attention.elements.baseAddress,
      let y = y.elements.baseAddress
    else { return }
    let (d, w, scale) = (depth, width, scale)
    forEachBlock { row, column, block in
      for i in 0..<parts {
        let weights = a + block + i * parts
        let query = x + (row + i) * 3 * w + column
        var greatest = -Float.infinity
        for j in 0..<parts {
          weights[j] = scale * dot(query, x + (row + j) * 3 * w + w + column, d)
          greatest = max(greatest, weights[j])
        }
        var sum: Float = 0
        for j in 0..<parts {
          weights[j] = exp(weights[j] - greatest)
          sum += weights[j]
        }
        for j in 0..<parts {
          weights[j] /= sum
          add(weights[j], x + (row + j) * 3 * w + 2 * w + column, to: y + (row + i) * w + column, d)
        }
      }
    }
  }

  /// Adds `scale` times the gradient to that of queries, keys and values.
  func addGradient(
    of dy: Matrix, _ value: Matrix, _ attention: Matrix, scale factor: Float, to target: Matrix
  ) {
    guard let x = value.elements.baseAddress, let a = attention.elements.baseAddress,
      let dy = dy.elements.baseAddress, let dx = target.elements.baseAddress
    else { return }
    let (d, w, scale) = (depth, width, scale)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: parts) { slopes in
      forEachBlock { row, column, block in
        for i in 0..<parts {
          let weights = a + block + i * parts
          let query = (row + i) * 3 * w + column
          let slope = dy + (row + i) * w + column
          var mean: Float = 0
          for j in 0..<parts {
            let v = (row + j) * 3 * w + 2 * w + column
            slopes[j] = dot(slope, x + v, d)
            mean += slopes[j] * weights[j]
            add(factor * weights[j], slope, to: dx + v, d)
          }
          for j in 0..<parts {
            let key = (row + j) * 3 * w + w + column
            let share = factor * scale * weights[j] * (slopes[j] - mean)
            add(share, x + key, to: dx + query, d)
            add(share, x + query, to: dx + key, d)
          }
        }
      }
    }
  }
}

/// Σ a_k b_k over eight lanes, which Swift would not vectorise by itself.
@inline(__always)
private func dot(
  _ a: UnsafeMutablePointer<Float>, _ b: UnsafeMutablePointer<Float>, _ count: Int
) -> Float {
  var lanes = SIMD8<Float>.zero
  var k = 0
  while k + 8 <= count {
    lanes += lane(a + k) * lane(b + k)
    k += 8
  }
  var sum = lanes.sum()
  while k < count {
    sum += a[k] * b[k]
    k += 1
  }
  return sum
}

@inline(__always)
private func lane(_ pointer: UnsafeMutablePointer<Float>) -> SIMD8<Float> {
  UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Float>.self)
}

/// y_k ← y_k + factor x_k.
@inline(__always)
private func add(
  _ factor: Float, _ x: UnsafeMutablePointer<Float>, to y: UnsafeMutablePointer<Float>,
  _ count: Int
) {
  var k = 0
  while k + 8 <= count {
    let sum = lane(y + k) + factor * lane(x + k)
    UnsafeMutableRawPointer(y + k).storeBytes(of: sum, as: SIMD8<Float>.self)
    k += 8
  }
  while k < count {
    y[k] += factor * x[k]
    k += 1
  }
}
