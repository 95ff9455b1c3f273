using System.Text.RegularExpressions;
using PachUp.Pachyderm;

namespace PachUp.Rewriting.Checks;

/// <summary>The rules of releases for pipeline names, in addition to those for repo names.</summary>
internal static partial class PipelineNames
{
    private const int LongestName = 63;

    /// <summary>Why a name is refused; null if it is accepted.</summary>
    public static string? WhyRefused(string name, PipelineNameRule rule) => rule switch
    {
        PipelineNameRule.KubernetesLabel when !LabelPattern().IsMatch(name) => "its name must begin and end with a letter or digit, for Kubernetes",
        PipelineNameRule.LetterOrDigitFirst when name.Length == 0 || !char.IsAsciiLetterOrDigit(name[0]) => "its name must begin with a letter or digit",
        PipelineNameRule.LetterOrDigitFirst when name.Length > LongestName => $"its name has {name.Length} characters; {LongestName} are allowed",
        _ => null,
    };

    [GeneratedRegex("^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$")]
    private static partial Regex LabelPattern();
}
