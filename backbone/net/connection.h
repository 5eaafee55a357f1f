// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/event_loop.h"
#include "net/frame_input.h"
#include "net/reply.h"
#include "net/socket.h"
#include "net/transport.h"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct iovec;

namespace meshbone::backbone::net {

class Connection;
class Server;

/// What a connection's frames go to; one for each connection, owned by it. Loop thread only.
class FrameSink {
public:
    virtual ~FrameSink() = default;
    /// One whole frame without its length; it may be changed in place and is valid during the call only.
    virtual void frame(std::span<char> bytes) = 0;
};

/// Whether the next request is looked at while this one waits for its answer. Kafka looks at one request of a
/// connection at a time; here only Produce may overlap, whose answers are small and whose work is done when the frame
/// was read.
enum class Overlap : std::uint8_t { No, Yes };

/// One client's connection: cuts its bytes into frames, keeps answers in the order of the requests, and stops reading
/// while the client does not take its answers. Owned by the Server. Loop thread only.
class Connection final : public Watcher, public ReplySink {
public:
    /// `makeSink` is called once the connection can carry frames: at once, or after the transport's handshake.
    using MakeSink = std::function<std::unique_ptr<FrameSink>(Connection&)>;
    Connection(Server& server, Socket socket, std::unique_ptr<Transport> transport, const MakeSink& makeSink);
    ~Connection() override;

    void setMaxFrameBytes(std::size_t bytes) { m_input.setMaxFrameBytes(bytes); }
    /// The client's address.
    [[nodiscard]] const std::string& peer() const { return m_peer; }
    /// The subject of the client's certificate, in Java's spelling; none where it showed none.
    [[nodiscard]] std::optional<std::string> peerName() const { return m_transport->peerName(); }
    [[nodiscard]] EventLoop::Clock::time_point now() const;

    /// Takes the next place in the order of answers. Call it once for each frame that is a request.
    std::shared_ptr<ReplySlot> expectAnswer(Overlap overlap);

    /// Closes now; answers not yet written are lost. `reason` is a sentence for the log, empty for an ordinary end.
    void close(std::string_view reason);
    void closeAfterAnswers(std::string_view reason) override;

    void ready(std::uint32_t events) override;
    void answered() override;

private:
    friend class Server;
    void start();
    void shakeHands();
    void introduce();
    void readOnce();
    void readWhatIsHeld();
    void cutFrames();
    void resume();
    void scheduleFlush();
    void flush();
    bool writeSome();
    [[nodiscard]] std::size_t gather(std::span<iovec> pieces) const;
    void collectAnswers();
    void updateEvents();
    void watchFor(std::uint32_t events);
    void peerHungUp();
    [[nodiscard]] bool mayCut() const;
    [[nodiscard]] bool idle() const;

    Server& m_server;
    Socket m_socket;
    std::unique_ptr<Transport> m_transport;
    std::string m_peer;
    const MakeSink& m_makeSink;        ///< the listener's, which the server keeps
    std::unique_ptr<FrameSink> m_sink; ///< null while hands are shaken
    FrameInput m_input;

    std::deque<std::shared_ptr<ReplySlot>> m_order; ///< requests without a written answer, oldest first
    std::shared_ptr<ReplySlot> m_blocking;          ///< the one that must be answered before the next frame is cut
    std::deque<wire::Frame> m_output;
    std::size_t m_outputOffset = 0; ///< bytes of the first frame that are written
    std::size_t m_outputBytes = 0;

    std::uint32_t m_events = 0; ///< what epoll watches for
    TimerId m_handshakeEnd = TimerId::None;
    bool m_closed = false;
    bool m_shaking = false; ///< the transport's handshake isn't done
    bool m_flushScheduled = false;
    bool m_cutting = false;
    bool m_wantsWrite = false; ///< the socket's buffer is full
    bool m_endAfterAnswers = false;
    bool m_ignoreHangUp = false; ///< the peer won't write any more, but there are bytes to read
    std::string m_endReason;
    EventLoop::Clock::time_point m_lastActive;
};

} // namespace meshbone::backbone::net
