"""Asks many hosts with asyncssh: one connection each, the commands one after the other, WINDOW connections being opened at once.

    asyncssh_client.py PORT USER KEY KNOWN_HOSTS COUNT WINDOW ONE_ADDRESS COMMAND...
"""
import asyncio, json, resource, sys, time
import asyncssh


async def main():
    port, user, key, known, count, window, one = sys.argv[1:8]
    commands = sys.argv[8:]
    opening = asyncio.Semaphore(int(window))
    connections = []

    async def ask(i):
        address = "127.0.0.1" if one == "1" else f"127.1.{i // 250}.{1 + i % 250}"
        async with opening:
            connection = await asyncssh.connect(
                address, int(port), username=user, client_keys=[key], known_hosts=known, agent_path=None, config=None)
        connections.append(connection)
        for command in commands:
            result = await connection.run(command)
            if result.exit_status != 0 or not result.stdout:
                return False
        return True

    began = time.monotonic()
    results = await asyncio.gather(*(ask(i) for i in range(int(count))), return_exceptions=True)
    for connection in connections:
        connection.close()
    await asyncio.gather(*(connection.wait_closed() for connection in connections))
    use = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({
        "answered": sum(r is True for r in results), "wall": time.monotonic() - began, "cpu": use.ru_utime + use.ru_stime}))


asyncio.run(main())
