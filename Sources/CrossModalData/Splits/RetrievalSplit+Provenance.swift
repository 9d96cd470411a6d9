extension RetrievalSplit {
  /// SHA-256 over the three index lists: for each its length, then its items, as 64-bit
  /// little-endian numbers, in the order query, training, retrieval.
  public var digest: String {
    var digest = SHA256()
    for list in [query, training, retrieval] {
      let numbers = [UInt64(list.count).littleEndian] + list.map { UInt64($0).littleEndian }
      numbers.withUnsafeBytes { digest.update($0) }
    }
    return digest.hexDigest()
  }

  /// Number of training items that are searched too.
  public var overlapCount: Int {
    let searched = Set(retrieval)
    return training.count(where: searched.contains)
  }
}
