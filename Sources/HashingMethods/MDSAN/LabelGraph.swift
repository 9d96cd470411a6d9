import CrossModalData
import NeuralNetworks
import Retrieval
import Tensors

/// The graph of labels that occur together, its convolution, and codes of label sets.
///
/// E = Â LeakyReLU₀.₂(Â X V₁) V₂ has a row for each label, with Â from ``propagation(of:_:_:)`` and X
/// the labels' vectors, or one-hot rows. A label set y has the code h = tanh(W · mean of its E rows).
struct LabelGraph {
  /// Â, shape (c, c).
  private let propagation: Matrix
  /// Â X, a constant, shape (c, columns of X).
  private let nodes: Matrix
  private let first: Parameter
  private let second: Parameter
  /// The layer of h; nil where there are no label codes.
  private let hash: Linear?

  init(
    _ labels: LabelSets, vectors: Matrix?, bits: Int, _ configuration: MDSAN.Configuration,
    random: RandomStream
  ) {
    propagation = Self.propagation(
      of: labels, threshold: configuration.graphThreshold, mass: configuration.neighbourMass)
    if configuration.labelNodes == .vectors, let vectors {
      let scaled = FeatureScaling.rootDimension.fitted(to: vectors).scaled(vectors)
      nodes = Matrix(rows: vectors.rows, columns: vectors.columns)
      nodes.setProduct(propagation.asFactor, scaled.asFactor)
    } else {
      // One-hot rows of the same norm √columns; Â X is a multiple of Â.
      nodes = propagation.copy()
      for index in nodes.elements.indices {
        nodes.elements[index] *= Float(nodes.columns).squareRoot()
      }
    }
    let (hidden, units) = (configuration.graphUnits, configuration.embeddingUnits)
    first = Parameter(
      "graph.first", rows: nodes.columns, columns: hidden, weights: configuration.initialWeights,
      random: random)
    second = Parameter(
      "graph.second", rows: hidden, columns: units, weights: configuration.initialWeights,
      random: random)
    hash =
      configuration.usesLabelCodes
      ? Linear(
        "label.hash", inputs: units, outputs: bits, weights: configuration.initialWeights,
        random: random) : nil
  }

  var parameters: [Parameter] { [first, second] + (hash?.parameters ?? []) }

  /// E, shape (c, embedding units).
  func embeddings(on tape: Tape) -> Variable {
    let hidden = tape.constant(nodes).multiplied(by: tape.parameter(first))
    let slope: Float = 0.2
    let activated = hidden.relu().scaled(by: 1 - slope).plus(hidden.scaled(by: slope))
    return tape.constant(propagation)
      .multiplied(by: activated.multiplied(by: tape.parameter(second)))
  }

  /// h of label sets, shape (b, K); nil where there are no label codes.
  func codes(of labels: LabelIndicators, _ embeddings: Variable) -> Variable? {
    hash?(labels.shares.multiplied(by: embeddings)).tanh()
  }

  /// Â = D^−½ Aᵀ D^−½, by which a label takes from labels that it is likely to follow.
  ///
  /// With M_kl items that have labels k and l and M_k that have k, A has 1 on its diagonal, and
  /// beside it N_kl = [M_kl / M_k ≥ threshold], each column divided by its sum and multiplied by
  /// `mass`. D are the row sums of A. A label that no item has stands alone. As in GCDH's
  /// `models/gcn.py`, which has it from ML-GCN (Chen et al., CVPR 2019).
  static func propagation(of labels: LabelSets, threshold: Double, mass: Double) -> Matrix {
    let count = labels.labelCount
    var together = [Int](repeating: 0, count: count * count)
    for item in 0..<labels.count {
      let own = (0..<count).filter { labels.contains($0, item: item) }
      for k in own { for l in own { together[k * count + l] += 1 } }
    }
    var adjacency = [Double](repeating: 0, count: count * count)
    for l in 0..<count {
      let sources = (0..<count).filter { k in
        let occurrences = together[k * count + k]
        return k != l && occurrences > 0
          && Double(together[k * count + l]) / Double(occurrences) >= threshold
      }
      for k in sources { adjacency[k * count + l] = mass / Double(sources.count) }
      adjacency[l * count + l] = 1
    }
    let roots = (0..<count).map { k in
      adjacency[(k * count)..<((k + 1) * count)].reduce(0, +).squareRoot()
    }
    let propagation = Matrix(rows: count, columns: count)
    for k in 0..<count {
      for l in 0..<count {
        propagation[l, k] = Float(adjacency[k * count + l] / (roots[k] * roots[l]))
      }
    }
    return propagation
  }
}
