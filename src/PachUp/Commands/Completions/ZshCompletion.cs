namespace PachUp.Commands.Completions;

/// <summary>The completion of zsh.</summary>
internal sealed class ZshCompletion : FunctionCompletion
{
    protected override string Beginning =>
        """
        #compdef pachup
        # zsh completion of pachup
        _pachup_names() {
          local -a names
          names=(${(f)"$(pachup complete $1 2>/dev/null)"})
          compadd -a names
        }

        _pachup_value() {
          case $1 in
            text) ;;
            file) _files ;;
            plan) _pachup_names plan; _files ;;
            *) _pachup_names $1 ;;
          esac
        }

        _pachup() {
          local at= word prev=${words[CURRENT-1]} cur=${words[CURRENT]}
          for word in "${(@)words[2,CURRENT-1]}"; do

        """;

    protected override string End =>
        """
        }
        if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _pachup "$@"; else compdef _pachup pachup; fi

        """;

    protected override string Offer(string words) => $"compadd -- {words}";
}
