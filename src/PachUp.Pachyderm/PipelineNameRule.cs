namespace PachUp.Pachyderm;

/// <summary>The rule of a release for names of pipelines, in addition to the rule for names of repos.</summary>
public enum PipelineNameRule
{
    /// <summary>No additional rule.</summary>
    RepoName,

    /// <summary>The name must be a valid value of a Kubernetes label.</summary>
    KubernetesLabel,

    /// <summary>The name must start with a letter or digit and have at most 63 characters.</summary>
    LetterOrDigitFirst,
}
