namespace PachUp.Pachyderm;

/// <summary>What a release asks of a pipeline's name, beyond what it asks of a repo's.</summary>
public enum PipelineNameRule
{
    /// <summary>Nothing: it is its output repo's name.</summary>
    RepoName,

    /// <summary>That Kubernetes takes it as the value of a label.</summary>
    KubernetesLabel,

    /// <summary>That it begins with a letter or digit and has no more than 63 characters.</summary>
    LetterOrDigitFirst,
}
