import CodeSets
import Testing

@Suite("Arrays that do not fit")
struct FitTests {
  private func ones(_ count: Int) -> [Double] { [Double](repeating: 1, count: count) }

  @Test("are refused when code lengths differ")
  func codeLengths() throws {
    let refusal = try Arrays.sound.with("r_txt", [3, 5], ones(15)).refusal()
    #expect(
      refusal
        == "F/r_txt.npy, dataset r_txt: expected codes of 2 bits as in q_img (2 × 2), found 5 "
        + "bits, shape 3 × 5.")
  }

  @Test("are refused when codes and labels differ in rows, with the hint to transpose")
  func rows() throws {
    let refusal = try Arrays.sound.with("r_txt", [2, 3], ones(6)).refusal()
    #expect(
      refusal == "F/r_txt.npy, dataset r_txt: expected 3 rows of codes, one for each row of r_l "
        + "(3 × 3), found shape 2 × 3 (r_txt transposed would fit).")
    let plain = try Arrays.sound.with("r_txt", [5, 2], ones(10)).refusal()
    #expect(plain.hasSuffix("found shape 5 × 2."), "\(plain)")
  }

  @Test("are refused when label widths differ, with the hint to transpose")
  func labels() throws {
    let refusal = try Arrays.sound.with("r_l", [3, 4], ones(12)).refusal()
    #expect(
      refusal == "F/r_l.npy, dataset r_l: expected 3 labels as in q_l (2 × 3), found shape 3 × 4 "
        + "(r_l transposed would fit).")
    let both = try Arrays.sound.with("q_l", [5, 2], ones(10)).with("r_l", [5, 3], ones(15))
      .refusal()
    #expect(both.contains("(both transposed would fit)"), "\(both)")
  }
}
