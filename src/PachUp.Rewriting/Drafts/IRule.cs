namespace PachUp.Rewriting.Drafts;

/// <summary>One thing that is different about a target, or that no migration can carry. Decides only: it asks no cluster.</summary>
public interface IRule
{
    /// <summary>The draft with what this rule takes away or changes, and every announcement about it.</summary>
    Draft Apply(Draft draft);
}
