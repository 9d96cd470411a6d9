import NeuralNetworks
import Tensors

/// What a batch's codes are paired with: constant codes of n items, and which of them are similar.
struct MDSANPairs {
  /// Row of each item of the batch among the n.
  let items: [Int]
  /// F, shape (n, K).
  let image: Matrix
  /// G, shape (n, K).
  let text: Matrix
  /// H, shape (n, K); nil where no label codes are learned.
  let labels: Matrix?
  /// S of the n items.
  let similarity: LabelSimilarity
}

/// The loss of one batch of pairs.
///
/// With ℓ(u, V) the mean over (i ∈ batch, j = 1..n) of softplus(θ_ij) − S_ij θ_ij, θ_ij = ½ u_i · V_j,
/// V a constant,
///
/// L = ℓ(f, F) + ℓ(g, G) + ℓ(f, G) + ℓ(g, F) + ℓ(f, H) + ℓ(g, H) + ℓ(h, F) + ℓ(h, G)
///   + λ Σ_m mean over levels l of BCE(z_m^l, y)
///   + β [mean (B − f)² + mean (B − g)² + η mean (B − h)²]
///
/// The first two are there where the own modality is used, the next two where the other one is,
/// those with h or H where label codes are. BCE is the mean over items and labels.
struct MDSANLoss {
  let configuration: MDSAN.Configuration

  /// - Parameters:
  ///   - f: Codes of the batch's pictures, (b, K).
  ///   - g: Codes of its texts, (b, K).
  ///   - h: Codes of its label sets, (b, K); nil for none.
  ///   - pairs: F, G, H and S.
  ///   - binary: B of the batch, (b, K), a constant.
  ///   - levelLogits: z of every level of either modality, (b, c) each; empty for none.
  ///   - labels: y.
  /// - Returns: L without decay, a scalar, and its parts.
  func callAsFunction(
    _ f: Variable, _ g: Variable, _ h: Variable?, _ pairs: MDSANPairs, binary: Variable,
    levelLogits: [[Variable]], labels: LabelIndicators
  ) -> PairLoss {
    func likelihood(_ codes: [(Variable, Matrix)]) -> Variable {
      sum(
        codes.map { u, others in
          u.similarityLikelihood(
            against: others, similarity: pairs.similarity, items: pairs.items
          ).scaled(by: 1 / (Float(u.rows) * Float(others.rows)))
        })
    }
    var parts: [(name: String, value: Variable)] = []
    var terms: [Variable] = []
    func add(_ name: String, _ value: Variable, weight: Double = 1) {
      parts.append((name, value))
      terms.append(value.scaled(by: Float(weight)))
    }
    if configuration.usesOwnModality {
      add("own-modality likelihood", likelihood([(f, pairs.image), (g, pairs.text)]))
    }
    if configuration.usesOtherModality {
      add("other-modality likelihood", likelihood([(f, pairs.text), (g, pairs.image)]))
    }
    if let h, let labels = pairs.labels {
      add(
        "label-code likelihood",
        likelihood([(f, labels), (g, labels), (h, pairs.image), (h, pairs.text)]))
    }
    if !levelLogits.isEmpty {
      let losses = levelLogits.flatMap { logits in
        logits.map {
          $0.logisticCrossEntropy(against: labels.values).scaled(by: 1 / Float(logits.count))
        }
      }
      add("level loss", sum(losses), weight: configuration.levelWeight)
    }
    func quantisation(_ codes: Variable, _ weight: Double = 1) -> Variable {
      codes.squaredDistance(to: binary)
        .scaled(by: Float(weight) / Float(codes.rows * codes.columns))
    }
    var distances = [quantisation(f), quantisation(g)]
    if let h { distances.append(quantisation(h, configuration.labelQuantisationWeight)) }
    add("quantisation", sum(distances), weight: configuration.quantisationWeight)
    return PairLoss(total: sum(terms), parts: parts)
  }

  private func sum(_ terms: [Variable]) -> Variable {
    terms.dropFirst().reduce(terms[0]) { $0.plus($1) }
  }
}
