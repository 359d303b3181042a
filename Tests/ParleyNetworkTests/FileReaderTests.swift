import Foundation
import ParleyNetwork
import Testing

@Suite("Reading a file")
struct FileReaderTests {
    private let folder = FileManager.default.temporaryDirectory

    private func with<Value>(
        _ octets: Int,
        _ body: (String) throws -> Value
    ) throws -> Value {
        let url = folder.appending(path: "parley-\(UUID().uuidString)")
        try Data(repeating: 0x78, count: octets).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(url.path)
    }

    @Test("gives all of it, up to the bound", arguments: [0, 1, 65_536, 65_537, 200_000])
    func whole(_ size: Int) throws {
        try with(size) { path in
            #expect(FileReader.read(path, limit: size).map(\.count) == .success(size))
            if size > 0 {
                #expect(FileReader.read(path, limit: size - 1) == .failure(.tooLarge))
            }
        }
    }

    @Test("refuses folders, and where only files will do, what could keep it waiting")
    func kinds() {
        #expect(FileReader.read(folder.path, limit: 10) == .failure(.notAFile))
        #expect(FileReader.read(folder.path, limit: 10, kind: .any) == .failure(.notAFile))
        #expect(FileReader.read("/dev/null", limit: 10) == .failure(.notAFile))
        #expect(FileReader.read("/dev/null", limit: 10, kind: .any) == .success([]))
        #expect(FileReader.read("/dev/zero", limit: 10, kind: .any) == .failure(.tooLarge))
    }

    @Test("says in the system's words why there is nothing")
    func missing() {
        #expect(
            FileReader.read("/nowhere/at/all", limit: 1)
                == .failure(.system("No such file or directory"))
        )
    }
}
