// A form's answer keeps the fragment of the address it was sent to, so a deep link's fragment survives sign-in.
for (const form of document.forms) form.action += location.hash
