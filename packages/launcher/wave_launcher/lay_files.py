"""The files that a manifest asks for beside its code."""

import os

from failure import source_failure


def lay_files(files, root):
    for file in files:
        path = os.path.join(root, file["path"])
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="") as target:
                target.write(file["content"])
        except (OSError, ValueError) as error:
            raise source_failure(error, f"the file {file['path']}") from error
