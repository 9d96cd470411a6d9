import CrossModalData
import TestSupport
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  // Reference: the example messages of FIPS 180-4 and NIST's SHA256ShortMsg vectors, as published
  // at csrc.nist.gov; `sha256sum` gives the same.
  @Test(
    "agrees with the vectors of FIPS 180-4",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
          + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
      (
        String(repeating: "a", count: 1_000_000),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      ),
    ])
  func referenceVectors(message: String, digest: String) {
    #expect(SHA256.hexDigest(of: message) == digest)
  }

  @Test("does not depend on how the message is cut", arguments: [0, 1, 55, 56, 63, 64, 65, 200])
  func cuts(length: Int) {
    var random = testStream("sha256 cuts")
    let message = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
    var whole = SHA256()
    message.withUnsafeBytes { whole.update($0) }
    for _ in 0..<20 {
      var pieces = SHA256()
      var rest = message[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 0...70, using: &random))
        piece.withUnsafeBytes { pieces.update($0) }
        rest = rest.dropFirst(piece.count)
      }
      #expect(pieces.hexDigest() == whole.hexDigest())
    }
  }

  @Test("distinguishes messages of every length up to two blocks")
  func lengths() {
    let digests = Set((0...130).map { SHA256.hexDigest(of: String(repeating: "x", count: $0)) })
    #expect(digests.count == 131)
  }
}
