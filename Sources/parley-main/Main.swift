import ParleyCLI

/// The executable: everything it does is in ``CommandLineTool``, where tests reach it.
@main
enum Main {
    static func main() {
        CommandLineTool.main()
    }
}
