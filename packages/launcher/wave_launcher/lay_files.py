"""The files that a manifest asks for beside its code."""

import base64
import os

from failure import source_failure


def lay_files(files, root):
    for file in files:
        path = os.path.join(root, file["path"])
        try:
            content = content_of(file)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as target:
                target.write(content)
        except (OSError, ValueError) as error:
            raise source_failure(error, f"the file {file['path']}") from None


def content_of(file):
    if file.get("encoding") != "base64":
        return file["content"].encode("utf-8")
    try:
        return base64.b64decode(file["content"], validate=True)
    except ValueError:
        # The parser's error quotes what it read, and that may be a secret.
        raise ValueError("its content is not base64") from None
