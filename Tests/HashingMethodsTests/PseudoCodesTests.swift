import Foundation
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

@Suite("Pseudo-codes")
struct PseudoCodesTests {
  private let labels = LabelSets(
    count: 4, labelCount: 3,
    indicators: [
      1, 0, 0,
      1, 1, 0,
      0, 1, 1,
      0, 0, 1,
    ] as [UInt8])

  @Test("sum members by turns of both modalities, and their slopes go back", arguments: [2, 3])
  func memberSum(memberCount: Int) {
    let u = randomParameter("u", rows: 4, columns: 3)
    let v = randomParameter("v", rows: 4, columns: 3)
    let members = Array([[0, 1, 2, 3], [1, 1, 0, 1], [3, 2, 1, 0]].prefix(memberCount))
    let pseudoCodes = PseudoCodes(members: members, labels: labels)
    let error = GradientCheck.largestError(of: [u, v]) {
      pseudoCodes.memberSum($0.parameter(u), $0.parameter(v))
    }
    #expect(error < GradientCheck.tolerance)
    let tape = Tape()
    let (soft, hard) = (
      pseudoCodes.codes(tape.parameter(u), tape.parameter(v), .softMean(sharpness: 2)).value,
      pseudoCodes.codes(tape.parameter(u), tape.parameter(v), .majority).value
    )
    for row in 0..<4 {
      for bit in 0..<3 {
        let third = memberCount == 3 ? u.value[members[memberCount - 1][row], bit] : 0
        let sum = u.value[row, bit] + v.value[members[1][row], bit] + third
        #expect(hard[row, bit] == (sum < 0 ? -1 : 1))
        // One rounding of tanh in float32.
        #expect(abs(soft[row, bit] - tanh(2 * sum / Float(memberCount))) < 1e-6)
      }
    }
  }

  @Test("have distinct members, the item itself first", arguments: [2, 3, 4])
  func members(memberCount: Int) throws {
    var configuration = RMSH.Configuration.full
    configuration.pseudoCodeMembers = memberCount
    var random = testStream("members")
    for partners in [RMSH.Configuration.Partners.random, .rareLabelSets] {
      configuration.pseudoCodePartners = partners
      let sampler = PseudoCodeSampler(configuration, training: labels)
      for _ in 0..<20 {
        let drawn = try #require(sampler.draw(labels, using: &random))
        #expect(drawn.members.count == memberCount && drawn.members[0] == [0, 1, 2, 3])
        for item in 0..<4 { #expect(Set(drawn.members.map { $0[item] }).count == memberCount) }
      }
      #expect(sampler.draw(labels.selecting(0..<(memberCount - 1)), using: &random) == nil)
    }
  }

  @Test("carry the labels of any member, or those of all")
  func fusedLabels() throws {
    var random = testStream("fused labels")
    for fused in [RMSH.Configuration.FusedLabels.union, .intersection] {
      var configuration = RMSH.Configuration.full
      configuration.pseudoCodeLabels = fused
      let drawn = try #require(
        PseudoCodeSampler(configuration, training: labels).draw(labels, using: &random))
      for item in 0..<4 {
        for label in 0..<3 {
          let has = drawn.members.map { labels.contains(label, item: $0[item]) }
          let expected = fused == .union ? has.contains(true) : !has.contains(false)
          #expect(drawn.labels.contains(label, item: item) == expected)
        }
      }
    }
  }

  @Test("prefer rare label sets in proportion to 1 / (1 + how often one occurs)")
  func rarePartners() throws {
    // With item 0, partner 1 gives {0, 1}, which 3 training items have: weight ¼. Partner 2 gives
    // {0, 1, 2} and partner 3 {0, 2}, which none has: weight 1 each.
    let training = labels.selecting([1, 1, 1, 0, 2])
    var configuration = RMSH.Configuration.full
    configuration.pseudoCodePartners = .rareLabelSets
    let sampler = PseudoCodeSampler(configuration, training: training)
    var random = testStream("rare partners")
    var counts = [0, 0, 0, 0]
    for _ in 0..<4000 {
      counts[try #require(sampler.draw(labels, using: &random)).members[1][0]] += 1
    }
    // Shares 1/9, 4/9 and 4/9 of 4000; five standard deviations of a share are below 0.04.
    for (count, share) in zip(counts, [0, 1 / 9.0, 4 / 9.0, 4 / 9.0]) {
      #expect(abs(Double(count) / 4000 - share) < 0.04)
    }
  }
}
