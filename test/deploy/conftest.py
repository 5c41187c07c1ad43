import pytest

from test.emulator import server as emulator


@pytest.fixture(scope='session')
def server():
    running = emulator.start()
    yield running
    running.stop()


@pytest.fixture(params=emulator.REGIONS)
def environment(request):
    """The name of an environment; 'agnostic' is a template that fits every region."""
    return request.param


@pytest.fixture
def account(server, environment):
    """An empty account in the region of the environment."""
    return emulator.Account(server, emulator.REGIONS[environment]).emptied()
