namespace PachUp.Rewriting.Drafts;

/// <summary>A rule about something that differs on the target or that no migration can carry. It only decides, and asks no cluster.</summary>
public interface IRule
{
    /// <summary>Returns the draft with the changes of this rule and their announcements.</summary>
    Draft Apply(Draft draft);
}
