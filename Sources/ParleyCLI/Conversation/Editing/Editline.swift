import CEditline
import Glibc

/// libedit and the one line that it edits. Its thread only.
///
/// It lives as long as the process: the library keeps pointers into it, and there is nothing to
/// give back at the end but the terminal's modes, which ``TerminalModes`` knows.
final class Editline {
    /// Why there is no editor, in a sentence without its full stop.
    struct Failure: Error {
        var text: String
    }

    private let table: UnsafeMutablePointer<parley_editline>
    private let editor: OpaquePointer
    private let past: UnsafeMutablePointer<parley_el_history>
    private var prompt: WideText
    private var output: UnsafeMutablePointer<FILE>

    /// Characters of a prompt between two of these take no room.
    static let hidden: Unicode.Scalar = "\u{1}"

    /// Loads the library and readies it for the standard streams, which are a terminal.
    init() throws(Failure) {
        Self.chooseLocale()
        table = .allocate(capacity: 1)
        var problem: UnsafePointer<CChar>?
        guard parley_el_load(table, "libedit.so.2", &problem) == 0 else {
            throw Failure(text: problem.map { String(cString: $0) } ?? "libedit.so.2")
        }
        guard let input = fdopen(fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3), "r"),
            let output = fdopen(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3), "w"),
            let editor = parley_el_open(table, input, output, STDIN_FILENO, STDOUT_FILENO)
        else { throw Failure(text: "libedit does not take this terminal") }
        self.editor = editor
        self.output = output
        past = .allocate(capacity: 1)
        prompt = WideText("")
        parley_el_set_editor(table, editor, WideText.forever("emacs"))
        guard parley_el_set_modes(table, editor) == 0 else {
            throw Failure(text: "libedit does not take this terminal's modes")
        }
    }

    /// Characters are those of UTF-8 whatever the environment says: all output is.
    private static func chooseLocale() {
        setlocale(LC_CTYPE, "")
        let codeset = nl_langinfo(nl_item(CODESET))
        if codeset.map({ strcasecmp($0, "UTF-8") != 0 }) ?? true {
            setlocale(LC_CTYPE, "C.UTF-8")
        }
    }

    func setReader(_ reader: parley_el_reader) { parley_el_set_reader(table, editor, reader) }

    func setPrompt(_ callback: parley_el_prompt) { parley_el_set_prompt(table, editor, callback) }

    func setHistory(_ callback: parley_el_past, _ context: UnsafeMutableRawPointer) {
        past.initialize(to: parley_el_history(past: callback, context: context))
        parley_el_set_history(table, editor, past)
    }

    /// Names a function that keys can be bound to.
    func add(_ name: String, _ help: String, _ key: parley_el_key) {
        parley_el_add_key(table, editor, WideText.forever(name), WideText.forever(help), key)
    }

    /// Binds keys, as `bind` of `editrc` writes them, in the map of insertion and in that of vi's
    /// commands.
    func bind(_ keys: String, _ name: String, alsoCommands: Bool = false) {
        let keys = WideText(keys)
        let name = WideText(name)
        parley_el_bind(table, editor, keys.pointer, name.pointer, 0)
        if alsoCommands { parley_el_bind(table, editor, keys.pointer, name.pointer, 1) }
    }

    /// What the user's `~/.editrc` says.
    func readSettings() { parley_el_source(table, editor) }

    var isVi: Bool { parley_el_is_vi(table, editor) != 0 }

    /// Reads a line; `nil` if it ended otherwise.
    func read() -> String? {
        var count: Int32 = 0
        guard let line = parley_el_gets(table, editor, &count), count > 0 else { return nil }
        var scalars = WideText.scalars(from: line, to: line + Int(count))
        if scalars.last == "\n" { scalars.removeLast() }
        return String(scalars: scalars)
    }

    /// What stands before the cursor and behind it.
    var line: (before: [Unicode.Scalar], after: [Unicode.Scalar]) {
        guard let line = parley_el_line(table, editor)?.pointee else { return ([], []) }
        return (
            WideText.scalars(from: line.buffer, to: line.cursor),
            WideText.scalars(from: line.cursor, to: line.lastchar)
        )
    }

    func insert(_ text: String) {
        let wide = WideText(text)
        parley_el_insert(table, editor, wide.pointer)
    }

    /// Removes characters before the cursor.
    func erase(_ count: Int) { parley_el_erase(table, editor, Int32(truncatingIfNeeded: count)) }

    /// Moves the cursor by so many characters.
    func move(_ count: Int) { parley_el_move(table, editor, Int32(truncatingIfNeeded: count)) }

    /// Presses keys.
    func push(_ keys: String) {
        let wide = WideText(keys)
        parley_el_push(table, editor, wide.pointer)
    }

    /// Draws the prompt and the line where the cursor stands, at a row's beginning.
    func refresh() { parley_el_refresh(table, editor) }

    func resize() { parley_el_resize(table, editor) }

    /// Sets the terminal to the modes of editing, or to those between lines.
    func setModes(editing: Bool) {
        parley_el_set_number(table, editor, EL_PREP_TERM, editing ? 1 : 0)
    }

    /// Writes out what the library left in its buffer.
    func flush() { fflush(output) }

    /// What the callbacks work on: there is one terminal, so there is one editor in a process.
    nonisolated(unsafe) static var current: UnsafeMutableRawPointer?
}
