import CrossModalData

extension DatasetProvenance {
  /// What a record keeps of a data set under a split.
  ///
  /// The digest is handed in, since finding it takes a pass over the file.
  init(of dataset: CrossModalDataset, digest: String, split: RetrievalSplit) throws {
    self.init(
      name: dataset.name, digest: digest, surrogate: dataset.surrogate,
      itemCount: dataset.itemCount, imageColumns: dataset.imageColumns,
      textColumns: dataset.textColumns, labelCount: dataset.labelCount,
      furtherFeatures: dataset.file.furtherFeatures,
      warnings: try dataset.warnings(for: split))
  }
}

extension SplitProvenance {
  /// What a record keeps of a split.
  init(of split: RetrievalSplit) {
    self.init(
      rule: split.rule, digest: split.digest, queryCount: split.query.count,
      trainingCount: split.training.count, retrievalCount: split.retrieval.count,
      overlapCount: split.overlapCount)
  }
}
