import Retrieval
import Tensors

/// Which items of a batch make up each pseudo-code, and the label sets that they get.
///
/// Pseudo-code i has item i as its first member. Members are taken by turns as a picture and as a
/// text, so that two members carry both modalities.
struct PseudoCodes {
  /// Positions in the batch: `members[m][i]` is member m of pseudo-code i.
  let members: [[Int]]
  /// Label set of each pseudo-code.
  let labels: LabelSets

  /// The codes c~ of shape (b, K) from the batch's picture codes u and text codes v, each (b, K).
  func codes(_ u: Variable, _ v: Variable, _ fusion: RMSH.Configuration.Fusion) -> Variable {
    switch fusion {
    case .softMean(let sharpness):
      return memberSum(u, v).scaled(by: Float(sharpness) / Float(members.count)).tanh()
    case .majority:
      let signs = u.tape.scratch(rows: u.rows, columns: u.columns)
      add(u.value, v.value, to: signs)
      for index in signs.elements.indices {
        signs.elements[index] = signs.elements[index] < 0 ? -1 : 1
      }
      return u.tape.constant(signs)
    }
  }

  /// Row i is the sum of the codes of pseudo-code i's members.
  ///
  /// Gradient: row i of dc goes to the row of every member.
  func memberSum(_ u: Variable, _ v: Variable) -> Variable {
    u.tape.record(rows: u.rows, columns: u.columns, from: [u, v]) { c in
      add(u.value, v.value, to: c)
    } backward: { _, dc in
      for (parity, input) in [u, v].enumerated() {
        input.receive { dx in
          for index in dx.target.elements.indices {
            dx.target.elements[index] = dx.keep == 0 ? 0 : dx.keep * dx.target.elements[index]
          }
          for turn in stride(from: parity, to: members.count, by: 2) {
            for (row, item) in members[turn].enumerated() {
              let (from, to) = (dc.row(row), dx.target.row(item))
              for bit in to.indices { to[bit] += dx.scale * from[bit] }
            }
          }
        }
      }
    }
  }

  private func add(_ u: Matrix, _ v: Matrix, to sum: Matrix) {
    sum.fill(0)
    for (turn, items) in members.enumerated() {
      let codes = turn.isMultiple(of: 2) ? u : v
      for (row, item) in items.enumerated() {
        let (from, to) = (codes.row(item), sum.row(row))
        for bit in to.indices { to[bit] += from[bit] }
      }
    }
  }
}

/// Draws the members of pseudo-codes.
struct PseudoCodeSampler {
  private let memberCount: Int
  private let fusedLabels: RMSH.Configuration.FusedLabels
  /// How many training items have exactly a label set; nil where all partners are alike.
  private let frequencies: [[UInt64]: Int]?

  init(_ configuration: RMSH.Configuration, training labels: LabelSets) {
    memberCount = configuration.pseudoCodeMembers
    fusedLabels = configuration.pseudoCodeLabels
    frequencies = configuration.pseudoCodePartners == .random ? nil : labels.frequencies
  }

  /// One pseudo-code for each item of a batch; nil where the batch is smaller than a pseudo-code.
  func draw(
    _ batch: LabelSets, using random: inout some RandomNumberGenerator
  ) -> PseudoCodes? {
    guard batch.count >= memberCount else { return nil }
    var members = [[Int]](repeating: [], count: memberCount)
    var words: [UInt64] = []
    for item in 0..<batch.count {
      var chosen = [item]
      var fused = batch.labelWords(of: item)
      while chosen.count < memberCount {
        let partner = drawPartner(of: chosen, fused, batch, using: &random)
        chosen.append(partner)
        fused = fusion(fused, batch.labelWords(of: partner))
      }
      for (turn, member) in chosen.enumerated() { members[turn].append(member) }
      words += fused
    }
    return PseudoCodes(
      members: members,
      labels: LabelSets(count: batch.count, labelCount: batch.labelCount, words: words))
  }

  /// An item of the batch that is not chosen yet.
  private func drawPartner(
    of chosen: [Int], _ fused: [UInt64], _ batch: LabelSets,
    using random: inout some RandomNumberGenerator
  ) -> Int {
    let open = (0..<batch.count).filter { !chosen.contains($0) }
    guard let frequencies else {
      return open[Int.random(in: open.indices, using: &random)]
    }
    let weights = open.map { partner in
      1 / Double(1 + frequencies[fusion(fused, batch.labelWords(of: partner)), default: 0])
    }
    var rest = random.nextUniform() * weights.reduce(0, +)
    for (partner, weight) in zip(open, weights) {
      rest -= weight
      if rest < 0 { return partner }
    }
    // Rounding may leave a rest of some 10⁻¹⁶.
    return open[open.count - 1]
  }

  private func fusion(_ a: [UInt64], _ b: [UInt64]) -> [UInt64] {
    switch fusedLabels {
    case .union: zip(a, b).map { $0 | $1 }
    case .intersection: zip(a, b).map { $0 & $1 }
    }
  }
}

extension LabelSets {
  /// The packed words of an item.
  fileprivate func labelWords(of item: Int) -> [UInt64] {
    Array(words[(item * wordsPerItem)..<((item + 1) * wordsPerItem)])
  }

  /// How many items have exactly a label set, by its packed words.
  var frequencies: [[UInt64]: Int] {
    (0..<count).reduce(into: [:]) { $0[labelWords(of: $1), default: 0] += 1 }
  }
}
