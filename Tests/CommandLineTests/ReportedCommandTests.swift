import Testing

@Suite("The command reported")
struct ReportedCommandTests {
  private let program = BuiltProgram.crossbit

  @Test("lists the tables, and finds a number by any capitals")
  func search() throws {
    let tables = try program.run(["reported"])
    #expect(tables.output.contains("DCMH-CVPR2017 Table 3  (108 numbers)\n"))
    #expect(tables.output.contains("  data sets: Wiki, FLICKR-25K, NUS-WIDE\n"))

    let found = try program.run([
      "reported", "--table", "dcmh-cvpr2017 table 3", "--method", "dcmh", "--dataset", "mirflickr",
      "--task", "i2t",
    ])
    #expect(found.exitCode == 0, "\(found.errors)")
    // As the paper prints them.
    #expect(found.output.hasSuffix("  16: 0.7410  32: 0.7465  64: 0.7485\n"))
    #expect(found.output.contains("  protocol: query 2000 / db rest (18015) / train 10000; "))

    let csv = try program.run([
      "reported", "--method", "DBRC-N", "--dataset", "FLICKR-25K", "--bits", "64", "--task", "I2T",
      "--csv",
    ])
    let lines = csv.output.split(separator: "\n")
    #expect(lines.count == 3 && lines[0].hasPrefix("table,dataset,protocol,"))
    #expect(lines[1].contains(",0.5954,") && lines[2].contains(",0.5854,"))

    // A whole name is not the beginning of a longer one.
    let first = try program.run(["reported", "--table", "DBRC-TMM2019 Table I", "--csv"])
    #expect(first.output.split(separator: "\n").count == 121)

    let none = try program.run(["reported", "--method", "nothing"])
    #expect(none.exitCode == 64)
    #expect(none.errors.contains("No reported number fits"))
  }
}
