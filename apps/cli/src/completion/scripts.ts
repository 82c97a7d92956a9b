/**
 * What each shell is taught. It asks `h2o __complete`, which prints a value, a tab and a description a line; what stands
 * there is only ever taken as text.
 */
export const completionScripts = {
  bash: `# In ~/.bashrc: source <(h2o completion bash)
_h2o() {
  local value
  COMPREPLY=()
  while IFS=$'\\t' read -r value _; do
    COMPREPLY+=("$value")
  done < <("\${COMP_WORDS[0]}" __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _h2o h2o
`,
  zsh: `#compdef h2o
# In ~/.zshrc, after compinit: source <(h2o completion zsh)
_h2o() {
  local line
  local -a found
  for line in "\${(@f)$("\${words[1]}" __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( $#found )); then _describe h2o found; else _files; fi
}
compdef _h2o h2o
`,
  fish: `# In ~/.config/fish/config.fish: h2o completion fish | source
function __h2o_complete
  set -l words (commandline --current-process --tokenize --cut-at-cursor)
  $words[1] __complete -- $words[2..] (commandline --current-token --cut-at-cursor) 2>/dev/null
end
complete --command h2o --arguments '(__h2o_complete)'
`,
}
