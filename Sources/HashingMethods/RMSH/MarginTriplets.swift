import Tensors

extension Variable {
  /// Margin-adaptive triplets with this variable's rows as anchors, against candidates.
  ///
  /// With anchors u (a, K), candidates v (b, K), distances D = ½ (K − u vᵀ) (the Hamming distance
  /// where entries are ±1) and grades s, every anchor has the terms
  ///
  ///     T(p, n) = [D_p − D_n + δ (s_p − s_n)]₊   for all p, n with s_p > s_n
  ///     R(n)    = [δ − D_n]₊                     where s_n = 0
  ///     P(p)    = [D_p − δ (1 − s_p)]₊           where s_p > 0
  ///
  /// Each kind is averaged over the anchors' terms and divided by K; the three are added.
  ///
  /// Gradients: du = −½ W v and dv = −½ Wᵀ u with W = ∂L/∂D, where the number of terms is held.
  ///
  /// - Parameters:
  ///   - candidates: v, on the same tape; may be this variable.
  ///   - grades: s, and which anchors take part.
  ///   - terms: The kinds of terms, δ, and what is averaged over.
  ///   - leavesOutOwnRow: Whether candidate i is no candidate of anchor i, as inside one modality.
  /// - Returns: The loss, a scalar.
  func marginTriplets(
    against candidates: Variable, grades: LabelGrades, _ terms: MarginTriplets,
    leavesOutOwnRow: Bool
  ) -> Variable {
    precondition(
      candidates.columns == columns && grades.values.rows == rows
        && grades.values.columns == candidates.rows,
      "codes (\(rows), \(columns)) and (\(candidates.rows), \(candidates.columns)) do not fit "
        + "grades (\(grades.values.rows), \(grades.values.columns))")
    let distances = tape.scratch(rows: rows, columns: candidates.rows)
    let slopes = tape.scratch(rows: rows, columns: candidates.rows)
    return tape.record(rows: 1, columns: 1, from: [self, candidates]) { loss in
      distances.fill(Float(columns) / 2)
      distances.setProduct(value.asFactor, candidates.value.transposed, scale: -0.5, keep: 1)
      loss.elements[0] = Float(
        terms.loss(
          distances, grades, bits: columns, leavesOutOwnRow: leavesOutOwnRow, slopes: slopes))
    } backward: { _, dLoss in
      let factor = -0.5 * dLoss.elements[0]
      receive { du in
        du.target.setProduct(
          slopes.asFactor, candidates.value.asFactor, scale: du.scale * factor, keep: du.keep)
      }
      candidates.receive { dv in
        dv.target.setProduct(
          slopes.transposed, value.asFactor, scale: dv.scale * factor, keep: dv.keep)
      }
    }
  }
}

/// The terms T, R and P of a batch as a function of its distances.
struct MarginTriplets {
  /// δ in bits.
  let distance: Float
  /// Whether there are push terms R.
  let pushesIrrelevant: Bool
  /// Whether there are pull terms P.
  let pullsRelevant: Bool
  /// Over which terms a kind is averaged.
  let averaging: RMSH.Configuration.Averaging

  /// The loss of a batch, and its slopes W = ∂L/∂D.
  ///
  /// With e = D + δ s a triplet is [e_p − e_n]₊. So an anchor's triplets add up to Σ_j w_j e_j, where
  /// w_j counts the active triplets that have j as p, less those that have j as n; the same w_j are
  /// the slopes of the sum. No triplet is stored.
  ///
  /// - Complexity: O(a b r) for a anchors, b candidates and at most r relevant ones an anchor.
  func loss(
    _ distances: Matrix, _ grades: LabelGrades, bits: Int, leavesOutOwnRow: Bool, slopes: Matrix
  ) -> Double {
    var triplets = TermSum()
    var push = TermSum()
    var pull = TermSum()
    slopes.fill(0)
    let anchors = grades.anchorHasLabels.indices.filter { grades.anchorHasLabels[$0] }
    TripletCount.withCapacity(distances.columns) { count in
      for anchor in anchors {
        let (row, s) = (distances.row(anchor), grades.values.row(anchor))
        let own = leavesOutOwnRow ? anchor : nil
        count.add(row, s, distance, leavingOut: own, to: &triplets, slopes: slopes.row(anchor))
        for candidate in row.indices where candidate != own {
          if s[candidate] == 0 {
            push.add(distance - row[candidate])
          } else {
            pull.add(row[candidate] - distance * (1 - s[candidate]))
          }
        }
      }
    }
    let tripletFactor = triplets.factor(averaging, bits)
    let pushFactor = pushesIrrelevant ? push.factor(averaging, bits) : 0
    let pullFactor = pullsRelevant ? pull.factor(averaging, bits) : 0
    for anchor in anchors {
      let (row, s, slope) = (distances.row(anchor), grades.values.row(anchor), slopes.row(anchor))
      for candidate in row.indices where !leavesOutOwnRow || candidate != anchor {
        slope[candidate] *= Float(tripletFactor)
        if s[candidate] == 0 {
          if distance - row[candidate] > 0 { slope[candidate] -= Float(pushFactor) }
        } else if row[candidate] - distance * (1 - s[candidate]) > 0 {
          slope[candidate] += Float(pullFactor)
        }
      }
    }
    return triplets.total * tripletFactor + push.total * pushFactor + pull.total * pullFactor
  }
}

/// A sum of terms [x]₊ and how many there were.
private struct TermSum {
  var total = 0.0
  var active = 0
  var all = 0

  mutating func add(_ x: Float) {
    all += 1
    guard x > 0 || x.isNaN else { return }
    total += Double(x)
    active += 1
  }

  /// What turns the sum into the mean over its terms and bits; 0 where there are no terms.
  func factor(_ averaging: RMSH.Configuration.Averaging, _ bits: Int) -> Double {
    let count = averaging == .activeTerms ? active : all
    // A sum that is not a number has to stay one, also where no term could be called active.
    if count == 0 { return total.isNaN ? 1 : 0 }
    return 1 / (Double(count) * Double(bits))
  }
}

/// Counts the active triplets of an anchor.
private struct TripletCount {
  /// e = D + δ s, s and w of the anchor's candidates, without its own row.
  private let e: UnsafeMutableBufferPointer<Float>
  private let s: UnsafeMutableBufferPointer<Float>
  private let w: UnsafeMutableBufferPointer<Int32>

  static func withCapacity(_ capacity: Int, _ body: (TripletCount) -> Void) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: capacity) { e in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: capacity) { s in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: capacity) { w in
          e.initialize(repeating: 0)
          s.initialize(repeating: 0)
          w.initialize(repeating: 0)
          body(TripletCount(e: e, s: s, w: w))
        }
      }
    }
  }

  /// Adds an anchor's triplets to a sum and writes w to `slopes`.
  func add(
    _ distances: UnsafeMutableBufferPointer<Float>, _ grades: UnsafeMutableBufferPointer<Float>,
    _ δ: Float, leavingOut own: Int?, to sum: inout TermSum,
    slopes: UnsafeMutableBufferPointer<Float>
  ) {
    var count = 0
    for candidate in distances.indices where candidate != own {
      e[count] = distances[candidate] + δ * grades[candidate]
      s[count] = grades[candidate]
      w[count] = 0
      count += 1
    }
    for p in 0..<count where s[p] > 0 {
      let (active, valid) = compare(p, count)
      w[p] &+= active
      sum.active += Int(active)
      sum.all += Int(valid)
    }
    var position = 0
    for candidate in distances.indices where candidate != own {
      sum.total += Double(w[position]) * Double(e[position])
      slopes[candidate] = Float(w[position])
      position += 1
    }
  }

  /// Takes 1 off w_n for each active triplet (p, n); returns how many there are, and how many valid.
  ///
  /// Whole numbers without overflow checks, so that the compiler may vectorise the loop.
  private func compare(_ p: Int, _ count: Int) -> (active: Int32, valid: Int32) {
    let (ep, sp) = (e[p], s[p])
    var active: Int32 = 0
    var valid: Int32 = 0
    for n in 0..<count {
      let isValid: Int32 = sp > s[n] ? 1 : 0
      let isActive: Int32 = ep > e[n] ? isValid : 0
      w[n] &-= isActive
      active &+= isActive
      valid &+= isValid
    }
    return (active, valid)
  }
}
