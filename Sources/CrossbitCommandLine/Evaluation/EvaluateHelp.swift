import CodeSets

/// What `crossbit evaluate --help` says beyond its options.
enum EvaluateHelp {
  static let text = """
    Codes are matrices, one row an item: ±1 or 0/1 in any numeric type, or bytes with --packed. \
    Real values are refused: write np.where(x >= 0, 1, -1). Labels are 0/1 matrices, dense or \
    sparse, or one class an item. An item is relevant to a query when they share a label.

    ROLES and the names that are looked for:
    \(roles)
    I2T needs query-image and retrieval-text, T2I query-text and retrieval-image, I2I and T2T the \
    two of one modality. Codes without a modality (queries, retrieval) are one task, called codes \
    unless --task names it. Labels of both sides are always needed.

    MEASURES of one query with R relevant items, averaged over queries:
      mAP@all              average precision over the whole list
      mAP@k(div=hits)      cut after k, over the relevant items found
      mAP@k(div=min)       the same over min(k, R)
      mAP@k(div=total)     the same over R
      mAP@k(div=firstRelevant)
                           legacy: the first min(k, R) relevant items, wherever
                           they rank
      mAP@queries(div=...) legacy: k is the number of queries
      MAP@R                cut after R, over R
      P@k                  relevant share of the first k
      R@k                  share of the relevant items among the first k
      lookup(r=2,precision), lookup(r=2,recall), lookup(r=2,F1)
                           inside a Hamming radius; an empty ball counts as 0,
                           or is left out: lookup(r=2,precision,empty=skip)
      lookup(r=2,empty)    share of empty balls
      NDCG@k, NDCG@all     gain 2^g - 1 of g shared labels
      NDCG@k(gain=linear)  gain g
      ACG@k                mean number of labels shared by the first k
      WAP                  mean over the relevant items of ACG at their rank
    Queries with R = 0 are unanswerable: left out of means and counted. Legacy rules, as an \
    option in a name: unanswerable=zero counts them as 0, mean=answerable+10 divides by ten too \
    many.

    CURVES of precision and recall:
      PR(radius,micro)     by Hamming radius, all pairs pooled
      PR(radius,macro)     by Hamming radius, a mean over queries; either ends
                           one radius early with stop=K-1 (legacy)
      PR(rank,11)          interpolated precision at 11 levels of recall
      PR(top,1,10,100)     of the first k
    Curves are part of --json, and of the table when --curve names them.

    TIES: distances are integers, so items tie. expected is the exact mean over all orders inside \
    ties, worst and best are the least and the greatest value, database order keeps ties as the \
    items stand, like a stable sort. PR(rank,...) has no expected line; curves by radius do not \
    depend on ties.

    \(usual)
    """

  /// Columns of the narrowest terminal that people use; the parser breaks lines without indenting.
  private static let columns = 78

  private static let roles = CodeRole.allCases.map { role in
    var lines = ["  \(role.rawValue):"]
    for name in role.usualNames {
      let last = lines.count - 1
      if lines[last].count + name.count + 2 > columns {
        lines.append("    " + name)
      } else {
        lines[last] += " " + name
      }
      lines[lines.count - 1] += name == role.usualNames.last ? "" : ","
    }
    return lines.joined(separator: "\n") + "\n"
  }.joined()

  private static let usual = """
    Without --measure: mAP@all, mAP@50 and mAP@5000 with every divisor, MAP@R, P and R at 1, 10, \
    100, 1000, lookup(r=2,...), NDCG@10 and NDCG@100 with both gains, ACG@100 and WAP, as far as \
    the database allows. Documentation/Evaluation.md defines them all.
    """
}
