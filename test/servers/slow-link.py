"""A link of so many bytes per second in front of a server on loopback, with the small segments and buffers of a real one.

Usage: slow-link.py TARGET_PORT BYTES_PER_SECOND. Prints its own port; ends when its standard input closes.
"""

import socket
import sys
import threading
import time

BUFFER_BYTES = 32 * 1024
SEGMENT_BYTES = 1460
PIECE_BYTES = 8 * 1024


def carry(source: socket.socket, target: socket.socket, rate: float) -> None:
    try:
        due = time.monotonic()
        while piece := source.recv(PIECE_BYTES):
            target.sendall(piece)
            due = max(due, time.monotonic() - 0.1) + len(piece) / rate
            time.sleep(max(0.0, due - time.monotonic()))
    except OSError:
        pass
    for side in (source, target):
        try:
            side.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def main() -> None:
    port, rate = int(sys.argv[1]), float(sys.argv[2])
    listener = socket.socket()
    # Set before listening, they hold for every connection: what waits for the link stays where it came from.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER_BYTES)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT_BYTES)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    print(listener.getsockname()[1], flush=True)

    def serve() -> None:
        while True:
            client, _ = listener.accept()
            server = socket.create_connection(("127.0.0.1", port))
            server.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_BYTES)
            for pair in ((client, server, rate), (server, client, float("inf"))):
                threading.Thread(target=carry, args=pair, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    sys.stdin.read()


main()
