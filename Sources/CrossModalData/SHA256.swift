/// The SHA-256 digest (FIPS 180-4) of bytes that arrive in pieces.
package struct SHA256 {
  private static let roundConstants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
  private static let blockBytes = 64

  private var state = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19)
  /// Bytes that do not fill a block yet, fewer than 64.
  private var pending: [UInt8] = []
  private var byteCount: UInt64 = 0

  /// Starts a digest over no bytes.
  package init() {}

  /// Appends bytes to the message.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    byteCount += UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let missing = rest.prefix(Self.blockBytes - pending.count)
      pending += missing
      rest = rest.dropFirst(missing.count)
      guard pending.count == Self.blockBytes else { return }
      let block = pending
      block.withUnsafeBytes { compress($0) }
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.count / Self.blockBytes * Self.blockBytes
    compress(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
    pending += rest.dropFirst(whole)
  }

  /// Appends the UTF-8 bytes of a text to the message.
  package mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  /// Returns the digest of the bytes so far as 64 lower-case hexadecimal digits.
  package func hexDigest() -> String {
    var last = self
    // One bit, zeros up to 8 bytes before the end of a block, the length in bits, big-endian.
    var padding: [UInt8] = [0x80]
    padding += repeatElement(0, count: (119 - Int(byteCount % 64)) % 64)
    withUnsafeBytes(of: (byteCount * 8).bigEndian) { padding += $0 }
    padding.withUnsafeBytes { last.update($0) }
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for index in 0..<8 {
      for shift in stride(from: 28, through: 0, by: -4) {
        text.append(digits[Int(last.state[index] >> UInt32(shift) & 15)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Returns the digest of a text's UTF-8 bytes.
  package static func hexDigest(of text: String) -> String {
    var digest = SHA256()
    digest.update(text)
    return digest.hexDigest()
  }

  /// Folds whole blocks into the state; the count is a multiple of 64.
  private mutating func compress(_ blocks: UnsafeRawBufferPointer) {
    guard blocks.count > 0 else { return }
    var state = state
    Self.roundConstants.withUnsafeBufferPointer { constants in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
        for start in stride(from: 0, to: blocks.count, by: Self.blockBytes) {
          for word in 0..<16 {
            schedule[word] = UInt32(
              bigEndian: blocks.loadUnaligned(fromByteOffset: start + word * 4, as: UInt32.self))
          }
          for word in 16..<64 {
            let w15 = schedule[word - 15]
            let w2 = schedule[word - 2]
            let s0 = rotated(w15, 7) ^ rotated(w15, 18) ^ (w15 >> 3)
            let s1 = rotated(w2, 17) ^ rotated(w2, 19) ^ (w2 >> 10)
            schedule[word] = schedule[word - 16] &+ s0 &+ schedule[word - 7] &+ s1
          }
          var (a, b, c, d) = (state[0], state[1], state[2], state[3])
          var (e, f, g, h) = (state[4], state[5], state[6], state[7])
          // Eight rounds at a time: the standard's eight moves of variables become names.
          for word in stride(from: 0, to: 64, by: 8) {
            func term(_ offset: Int) -> UInt32 {
              constants[word &+ offset] &+ schedule[word &+ offset]
            }
            round(a, b, c, &d, e, f, g, &h, term(0))
            round(h, a, b, &c, d, e, f, &g, term(1))
            round(g, h, a, &b, c, d, e, &f, term(2))
            round(f, g, h, &a, b, c, d, &e, term(3))
            round(e, f, g, &h, a, b, c, &d, term(4))
            round(d, e, f, &g, h, a, b, &c, term(5))
            round(c, d, e, &f, g, h, a, &b, term(6))
            round(b, c, d, &e, f, g, h, &a, term(7))
          }
          state &+= SIMD8(a, b, c, d, e, f, g, h)
        }
      }
    }
    self.state = state
  }
}

/// One round; `term` is the sum of the round's constant and its word of the schedule.
@inline(__always) private func round(
  _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32,
  _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32, _ term: UInt32
) {
  let s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
  let choice = g ^ (e & (f ^ g))
  let t1 = h &+ s1 &+ choice &+ term
  let s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
  let majority = (a & b) | (c & (a | b))
  d &+= t1
  h = t1 &+ s0 &+ majority
}

@inline(__always) private func rotated(_ value: UInt32, _ count: UInt32) -> UInt32 {
  (value &>> count) | (value &<< (32 &- count))
}
