import ParleyTLS
import ParleyWire

extension TLSEngine {
    /// What ties a login to this connection, the preferred first.
    var channelBindings: [ChannelBinding] {
        var bindings: [ChannelBinding] = []
        if let data = exporterBinding { bindings.append(ChannelBinding(.exporter, data)) }
        if let data = serverEndPointBinding {
            bindings.append(ChannelBinding(.serverEndPoint, data))
        }
        return bindings
    }
}
