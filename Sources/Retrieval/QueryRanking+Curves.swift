extension RetrievalCurve {
  /// The tie rules that the curve has lines for.
  func orders(databaseOrder: Bool) -> [TieOrder?] {
    switch self {
    case .radius: [nil]
    case .rank: [.worst, .best] + (databaseOrder ? [.databaseOrder] : [])
    case .top: [.expected, .worst, .best] + (databaseOrder ? [.databaseOrder] : [])
    }
  }

  /// Positions of the points for codes of `bits` bits, rising.
  func positions(bits: Int) -> [Double] {
    switch self {
    case .radius(_, let stopsEarly): (0..<(stopsEarly ? bits : bits + 1)).map(Double.init)
    case .rank(let levels): (0..<levels).map { Double($0) / Double(levels - 1) }
    case .top(let cutoffs): cutoffs.sorted().map(Double.init)
    }
  }
}

extension QueryRanking {
  /// The points of a curve under one of its tie rules.
  ///
  /// - Precondition: The query is answerable; the ranks of the hits are there for database order.
  func points(of curve: RetrievalCurve, order: TieOrder?, bits: Int) -> [CurvePoint] {
    let positions = curve.positions(bits: bits)
    switch curve {
    case .radius:
      var ties = ranking.ties[...]
      var inside = (items: 0, hits: 0)
      return positions.map { radius in
        while let tie = ties.first, Double(tie.distance) <= radius {
          inside = (tie.end, tie.hitsBefore + tie.hits)
          ties.removeFirst()
        }
        return CurvePoint(
          position: radius, precision: Double(inside.hits) / Double(max(1, inside.items)),
          recall: Double(inside.hits) / Double(ranking.relevantCount))
      }
    case .rank(let levels):
      let ranks =
        order == .databaseOrder ? hits : HitRanks(ranking, relevantFirst: order == .best)
      return zip(positions, ranks?.interpolatedPrecision(levels: levels) ?? []).map {
        CurvePoint(position: $0, precision: $1, recall: $0)
      }
    case .top(let cutoffs):
      return zip(positions, hitCounts(atRising: cutoffs.sorted(), order: order)).map { k, hits in
        CurvePoint(
          position: k, precision: hits / k, recall: hits / Double(ranking.relevantCount))
      }
    }
  }

  private func hitCounts(atRising cutoffs: [Int], order: TieOrder?) -> [Double] {
    let bounds = ranking.hits(atRising: cutoffs)
    return switch order {
    case .expected, nil: bounds.map(\.expected)
    case .worst: bounds.map(\.worst)
    case .best: bounds.map(\.best)
    case .databaseOrder: cutoffs.map { Double(hits?.hits(at: $0) ?? 0) }
    }
  }
}
