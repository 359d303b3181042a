import Foundation
import Testing

/// Holds the sources against the table of modules: arrows point down only.
@Suite("The layering")
struct LayeringTests {
    /// The modules of the architecture, lowest first, and what each may import.
    static let layers: [(module: String, uses: Set<String>)] = [
        ("CLinux", []),
        ("CEditline", []),
        ("COpenSSL", []),
        ("CPCRE2", []),
        ("ParleyDiagnostics", []),
        ("ParleyPatterns", ["CPCRE2"]),
        ("ParleyVerbs", []),
        ("ParleyMail", []),
        ("ParleySyntax", ["ParleyDiagnostics"]),
        ("ParleyTLS", ["COpenSSL"]),
        ("ParleyWire", ["ParleyVerbs", "ParleyMail", "ParleyTLS"]),
        (
            "ParleySemantics",
            [
                "ParleySyntax", "ParleyDiagnostics", "ParleyVerbs", "ParleyPatterns", "ParleyMail",
                "ParleyTLS",
            ]
        ),
        (
            "ParleyAssist",
            [
                "ParleySemantics", "ParleySyntax", "ParleyDiagnostics", "ParleyVerbs", "ParleyWire",
            ]
        ),
        ("ParleyNetwork", ["CLinux"]),
        (
            "ParleyMachine",
            [
                "ParleySemantics", "ParleySyntax", "ParleyDiagnostics", "ParleyVerbs",
                "ParleyPatterns", "ParleyMail", "ParleyWire", "ParleyTLS", "ParleyNetwork",
            ]
        ),
        (
            "ParleyEngine",
            [
                "ParleyMachine", "ParleySemantics", "ParleyDiagnostics", "ParleyVerbs",
                "ParleyPatterns", "ParleyWire", "ParleyMail", "ParleyNetwork", "ParleyTLS",
            ]
        ),
        ("ParleyReports", ["ParleyEngine", "ParleyMachine", "ParleyDiagnostics"]),
        ("ParleyTesting", ["ParleyNetwork"]),
        (
            "Parley",
            [
                "ParleyReports", "ParleyEngine", "ParleyMachine", "ParleySemantics",
                "ParleySyntax", "ParleyDiagnostics", "ParleyWire", "ParleyNetwork",
            ]
        ),
        ("ParleyEditors", ["ParleyWire", "ParleySyntax", "ParleyVerbs", "ParleyDiagnostics"]),
        (
            "ParleyLanguageServer",
            [
                "ParleyAssist", "ParleySemantics", "ParleySyntax", "ParleyDiagnostics",
                "ParleyVerbs", "ParleyWire",
            ]
        ),
        (
            "ParleyShell",
            [
                "Parley", "ParleyReports", "ParleyEngine", "ParleyMachine", "ParleySemantics",
                "ParleySyntax", "ParleyDiagnostics", "ParleyWire", "ParleyVerbs",
                "ParleyNetwork", "ParleyTLS", "ParleyPatterns", "ParleyAssist",
            ]
        ),
        (
            "ParleyCLI",
            [
                "ParleyShell", "ParleyLanguageServer", "Parley", "ParleyReports", "ParleyEngine",
                "ParleyMachine",
                "ParleySemantics",
                "ParleySyntax", "ParleyDiagnostics", "ParleyWire", "ParleyVerbs",
                "ParleyNetwork", "ParleyTLS", "ParleyMail", "CEditline", "ArgumentParser",
            ]
        ),
        ("parley-main", ["ParleyCLI"]),
    ]

    /// What every module may use of the system.
    private static let system: Set<String> = ["Glibc", "Musl", "Darwin", "Synchronization"]

    /// The module that a line imports.
    private static func imported(_ line: Substring) -> String? {
        guard line.utf8.count < 80, line.first?.isLetter == true || line.first == "@" else {
            return nil
        }
        let words = line.split(separator: " ")
        guard let keyword = words.firstIndex(of: "import"),
            words[..<keyword].allSatisfy({ word in
                word.hasPrefix("@") || ["public", "package", "internal", "private"].contains(word)
            })
        else { return nil }
        return words.last.map { String($0.prefix { $0 != "." }) }
    }

    @Test("lets a module import only what stands below it")
    func imports() throws {
        let uses = Dictionary(uniqueKeysWithValues: Self.layers.map { ($0.module, $0.uses) })
        for file in try SourceTree.files(below: "Sources") {
            let allowed = try #require(
                uses[file.module],
                "\(file.module) has no place in the table of layers"
            )
            for name in file.lines.compactMap(Self.imported) {
                #expect(
                    allowed.contains(name) || Self.system.contains(name),
                    "\(file) imports \(name)"
                )
            }
        }
    }

    @Test("has no arrow that points up")
    func order() {
        let order = Self.layers.map(\.module)
        for (index, layer) in Self.layers.enumerated() {
            for used in layer.uses {
                guard let place = order.firstIndex(of: used) else { continue }
                #expect(place < index, "\(layer.module) stands below \(used)")
            }
        }
    }

    @Test("is the one that the package declares")
    func package() throws {
        let manifest = try String(
            contentsOf: SourceTree.root.appending(path: "Package.swift"),
            encoding: .utf8
        )
        for (module, uses) in Self.layers where module.hasPrefix("Parley") {
            let declaration = try #require(
                manifest.range(
                    of: #"module\(\s*"\#(module)"[^)]*\)"#,
                    options: .regularExpression
                ),
                "\(module) is not declared"
            )
            let declared = Set(
                manifest[declaration].split(separator: "\"").map { String($0) }
                    .filter { name in Self.layers.contains { $0.module == name } }
            ).subtracting([module])
            let known = uses.filter { name in Self.layers.contains { $0.module == name } }
            #expect(declared.isSubset(of: known), "\(module) declares \(declared)")
        }
    }

    @Test("keeps Foundation out: it costs every start")
    func foundation() throws {
        for file in try SourceTree.files(below: "Sources") {
            for name in file.lines.compactMap(Self.imported) {
                #expect(!name.hasPrefix("Foundation"), "\(file)")
            }
        }
    }
}
