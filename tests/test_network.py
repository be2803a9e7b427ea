import socket

import pytest


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_no_test_reaches_another_machine():
    with socket.socket() as door, pytest.raises(RuntimeError, match=r"192\.0\.2\.1"):
        door.connect(("192.0.2.1", 80))


def test_a_test_may_talk_to_this_machine():
    with (
        socket.create_server(("127.0.0.1", 0)) as door,
        socket.create_connection(door.getsockname()) as caller,
    ):
        assert caller.getpeername() == door.getsockname()
