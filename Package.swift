// swift-tools-version: 6.2

import PackageDescription

// The modules, lowest first. A target may name only targets above it in this list; SwiftPM refuses
// circles, and `MemberImportVisibility` refuses what is not declared.

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)

func module(_ name: String, uses dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func tests(
    _ module: String,
    uses dependencies: [Target.Dependency] = [],
    excluding excluded: [String] = []
) -> Target {
    .testTarget(
        name: module + "Tests",
        dependencies: [.byName(name: module)] + dependencies,
        exclude: excluded,
        swiftSettings: swiftSettings
    )
}

let package = Package(
    name: "parley",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "parley", targets: ["parley"]),
        .library(name: "Parley", targets: ["Parley"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0")
    ],
    targets: [
        .systemLibrary(name: "CLinux"),
        // No pkg-config: the tool loads the library when somebody types, and links with nothing.
        .systemLibrary(name: "CEditline", providers: [.apt(["libedit-dev"])]),
        .systemLibrary(
            name: "COpenSSL",
            pkgConfig: "openssl",
            providers: [.apt(["libssl-dev"])]
        ),
        .systemLibrary(
            name: "CPCRE2",
            pkgConfig: "libpcre2-8",
            providers: [.apt(["libpcre2-dev"])]
        ),

        module("ParleyDiagnostics"),
        module("ParleyPatterns", uses: ["CPCRE2"]),
        module("ParleyVerbs"),
        module("ParleyMail"),
        module("ParleySyntax", uses: ["ParleyDiagnostics"]),
        module("ParleyTLS", uses: ["COpenSSL"]),
        module("ParleyWire", uses: ["ParleyVerbs", "ParleyMail", "ParleyTLS"]),
        module(
            "ParleySemantics",
            uses: [
                "ParleySyntax", "ParleyDiagnostics", "ParleyVerbs", "ParleyPatterns", "ParleyMail",
                "ParleyTLS",
            ]
        ),
        module(
            "ParleyAssist",
            uses: [
                "ParleySemantics", "ParleySyntax", "ParleyDiagnostics", "ParleyVerbs", "ParleyWire",
            ]
        ),
        module("ParleyNetwork", uses: ["CLinux"]),
        module(
            "ParleyMachine",
            uses: [
                "ParleySemantics", "ParleySyntax", "ParleyDiagnostics", "ParleyVerbs",
                "ParleyPatterns", "ParleyMail", "ParleyWire", "ParleyTLS", "ParleyNetwork",
            ]
        ),
        module(
            "ParleyEngine",
            uses: [
                "ParleyMachine", "ParleySemantics", "ParleyDiagnostics", "ParleyVerbs",
                "ParleyPatterns", "ParleyWire", "ParleyMail", "ParleyNetwork", "ParleyTLS",
            ]
        ),
        module("ParleyReports", uses: ["ParleyEngine", "ParleyMachine", "ParleyDiagnostics"]),
        module("ParleyTesting", uses: ["ParleyNetwork"]),
        module(
            "Parley",
            uses: [
                "ParleyReports", "ParleyEngine", "ParleyMachine", "ParleySemantics",
                "ParleySyntax", "ParleyDiagnostics", "ParleyWire", "ParleyNetwork",
            ]
        ),
        module(
            "ParleyEditors",
            uses: ["ParleyWire", "ParleySyntax", "ParleyVerbs", "ParleyDiagnostics"]
        ),
        module(
            "ParleyLanguageServer",
            uses: [
                "ParleyAssist", "ParleySemantics", "ParleySyntax", "ParleyDiagnostics",
                "ParleyVerbs", "ParleyWire",
            ]
        ),
        module(
            "ParleyShell",
            uses: [
                "Parley", "ParleyReports", "ParleyEngine", "ParleyMachine", "ParleySemantics",
                "ParleySyntax", "ParleyDiagnostics", "ParleyWire", "ParleyVerbs", "ParleyNetwork",
                "ParleyTLS", "ParleyPatterns", "ParleyAssist",
            ]
        ),
        module(
            "ParleyCLI",
            uses: [
                "ParleyShell", "ParleyLanguageServer", "Parley", "ParleyReports", "ParleyEngine",
                "ParleyMachine",
                "ParleySemantics",
                "ParleySyntax", "ParleyDiagnostics", "ParleyWire", "ParleyVerbs", "ParleyNetwork",
                "ParleyTLS", "ParleyMail", "CEditline", argumentParser,
            ]
        ),
        .executableTarget(
            name: "parley",
            dependencies: ["ParleyCLI"],
            path: "Sources/parley-main",
            swiftSettings: swiftSettings
        ),

        tests("ParleyDiagnostics"),
        tests("ParleyPatterns"),
        tests("ParleyVerbs"),
        tests("ParleyMail"),
        tests("ParleySyntax", uses: ["ParleyDiagnostics"], excluding: ["Fixtures"]),
        tests("ParleyWire", uses: ["ParleyVerbs", "ParleyMail"]),
        tests(
            "ParleySemantics",
            uses: ["ParleySyntax", "ParleyDiagnostics", "ParleyWire", "ParleyVerbs"],
            excluding: ["Fixtures"]
        ),
        tests(
            "ParleyAssist",
            uses: [
                "ParleySemantics", "ParleySyntax", "ParleyDiagnostics", "ParleyWire", "ParleyVerbs",
            ]
        ),
        tests("ParleyNetwork", uses: ["ParleyTesting"]),
        tests("ParleyTLS"),
        tests(
            "ParleyMachine",
            uses: [
                "ParleySemantics", "ParleySyntax", "ParleyDiagnostics", "ParleyWire", "ParleyVerbs",
            ]
        ),
        tests(
            "ParleyEngine",
            uses: [
                "ParleyTesting", "ParleyNetwork", "ParleyMachine", "ParleySemantics",
                "ParleySyntax", "ParleyDiagnostics", "ParleyWire", "ParleyReports", "ParleyTLS",
            ]
        ),
        tests("Parley", uses: ["ParleyEngine", "ParleyMachine"]),
        tests(
            "ParleyEditors",
            uses: ["ParleyDiagnostics", "ParleySyntax", "ParleyWire", "ParleyVerbs"]
        ),
        tests(
            "ParleyLanguageServer",
            uses: [
                "ParleyAssist", "ParleySemantics", "ParleySyntax", "ParleyDiagnostics",
                "ParleyTesting", "ParleyVerbs", "ParleyWire",
            ]
        ),
        tests(
            "ParleyShell",
            uses: [
                "ParleyEngine", "ParleyNetwork", "ParleyReports", "ParleyMachine",
                "ParleySyntax", "ParleyWire", "ParleyDiagnostics", "ParleySemantics", "Parley",
                "ParleyVerbs",
            ]
        ),
        tests("ParleyReports", uses: ["ParleyEngine", "ParleyMachine", "ParleyDiagnostics"]),
        tests(
            "ParleyCLI",
            uses: [
                "ParleyShell", "ParleyReports", "ParleyEngine", "ParleyMachine", "ParleySemantics",
                "ParleySyntax",
                "ParleyDiagnostics", "ParleyWire", "ParleyVerbs", "ParleyNetwork",
                argumentParser,
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
