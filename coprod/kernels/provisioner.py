"""How Jupyter gets warm kernels: a kernel provisioner, and a manager that asks for it.

The provisioner is registered as ``coprod-warm``, so that other programs can use it too:
``JUPYTER_DEFAULT_PROVISIONER_NAME=coprod-warm jupyter lab`` opens notebooks at once.
"""

import asyncio
import os
from queue import Empty
from typing import Any

from jupyter_client import AsyncKernelClient, AsyncKernelManager
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning import LocalProvisioner

from coprod.kernels import starting

NAME = "coprod-warm"
LISTEN = 0.05  # seconds, before asking again: what was said before we were connected is lost


class WarmProvisioner(LocalProvisioner):
    """Starts Python kernels from a process that has imported the analysis stack, all others as usual."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start a kernel that finds the same folder, environment and arguments as an ordinary one."""
        folder = kwargs.get("cwd") or os.getcwd()
        process = starting.start(cmd, kwargs["env"], folder)
        if process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process
        self.pid = self.pgid = process.pid
        self.cwd = folder
        return self.connection_info

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Wait for its end in short steps, for a second: the manager looks only ten times a second."""
        for _ in range(200):
            if await self.poll() is not None:
                return
            await asyncio.sleep(0.005)


class WarmManager(AsyncKernelManager):
    """Manages the kernel of one notebook, started warm."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """The notebook's kernel, from our provisioner."""
        spec = super().kernel_spec
        spec.metadata["kernel_provisioner"] = {"provisioner_name": NAME}
        return spec


class PromptClient(AsyncKernelClient):
    """Begins as soon as a kernel answers; the usual client always listens for another 0.2 seconds."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered, and its ``idle`` says that nothing else is on its way.

        Raises
        ------
        RuntimeError
            It ended, or did not answer within ``timeout`` seconds.
        """
        clock = asyncio.get_running_loop().time
        end = clock() + (timeout or float("inf"))
        while not await self._answers():
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if clock() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _answers(self) -> bool:
        asked = self.kernel_info()
        try:
            while (reply := await self.get_shell_msg(timeout=1))["parent_header"].get("msg_id") != asked:
                pass
            while not _is_idle(await self.get_iopub_msg(timeout=LISTEN), asked):
                pass
        except Empty:
            return False
        self._handle_kernel_info_reply(reply)
        return True


def _is_idle(message: dict[str, Any], asked: str) -> bool:
    return (
        message["parent_header"].get("msg_id") == asked
        and message["content"].get("execution_state") == "idle"
    )
