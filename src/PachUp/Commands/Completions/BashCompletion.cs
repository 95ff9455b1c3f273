namespace PachUp.Commands.Completions;

/// <summary>The completion of bash 4.2 and later. It needs nothing but bash itself.</summary>
internal sealed class BashCompletion : FunctionCompletion
{
    protected override string Beginning =>
        """
        # bash completion of pachup
        # A name may have blanks and signs that bash would carry out, so it is offered as bash has to read it.
        _pachup_names() {
          local name
          while IFS= read -r name; do
            if [[ $name == "$cur"* ]]; then printf -v name %q "$name"; COMPREPLY+=("$name"); fi
          done < <(pachup complete "$1" 2>/dev/null)
        }

        _pachup_files() {
          local name
          compopt -o filenames 2>/dev/null
          while IFS= read -r name; do COMPREPLY+=("$name"); done < <(compgen -f -- "$cur")
        }

        _pachup_value() {
          case $1 in
            text) ;;
            file) _pachup_files ;;
            plan) _pachup_names plan; _pachup_files ;;
            *) _pachup_names "$1" ;;
          esac
        }

        _pachup() {
          local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} at= word
          COMPREPLY=()
          # bash takes a colon for the end of a word: "context:prod" is three words for it.
          if declare -F _get_comp_words_by_ref >/dev/null; then _get_comp_words_by_ref -n : cur prev; fi
          for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do

        """;

    protected override string End =>
        """
          if declare -F __ltrim_colon_completions >/dev/null; then __ltrim_colon_completions "$cur"; fi
        }
        complete -o bashdefault -F _pachup pachup

        """;

    protected override string Offer(string words) => $"COMPREPLY=($(compgen -W '{words}' -- \"$cur\"))";
}
