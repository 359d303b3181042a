import ParleyNetwork

/// A handler that notes what it hears and lets a test act on it.
final class Recorder: TransportHandler {
    enum Event: Equatable {
        case connected
        case inputEnded
        case closed(TransportError.Code?)
    }

    var transport: (any Transport)?
    private(set) var events: [Event] = []
    private(set) var bytes: [UInt8] = []
    var onConnected: (any Transport) -> Void = { _ in }
    var onReceived: ([UInt8]) -> Void = { _ in }
    var onInputEnded: () -> Void = {}
    var onClosed: (TransportError?) -> Void = { _ in }

    init(_ transport: (any Transport)? = nil) {
        self.transport = transport
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    func transportConnected(_ transport: any Transport) {
        self.transport = transport
        events.append(.connected)
        onConnected(transport)
    }

    func transportReceived(_ bytes: UnsafeRawBufferPointer) {
        self.bytes += bytes
        onReceived(Array(bytes))
    }

    func transportInputEnded() {
        events.append(.inputEnded)
        onInputEnded()
    }

    func transportClosed(_ error: TransportError?) {
        events.append(.closed(error?.code))
        let onClosed = onClosed
        self.onClosed = { _ in }
        onConnected = { _ in }
        onReceived = { _ in }
        onInputEnded = {}
        transport = nil
        onClosed(error)
    }

    /// A recorder that sends back whatever arrives.
    static func echo(_ transport: any Transport) -> Recorder {
        let recorder = Recorder(transport)
        recorder.onReceived = { [weak recorder] in recorder?.transport?.write($0) }
        recorder.onInputEnded = { [weak recorder] in recorder?.transport?.closeAfterWriting() }
        return recorder
    }
}
