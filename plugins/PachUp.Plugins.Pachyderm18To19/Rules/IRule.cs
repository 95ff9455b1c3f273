namespace PachUp.Plugins.Pachyderm18To19.Rules;

/// <summary>One thing that is different about 1.9, or that no migration can carry. Decides only.</summary>
internal interface IRule
{
    /// <summary>The draft with what this rule takes away or changes, and every announcement about it.</summary>
    Draft Apply(Draft draft);
}
