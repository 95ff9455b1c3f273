namespace PachUp.Architecture.Tests;

/// <summary>One type that uses another type of the same assembly.</summary>
/// <param name="From">The type that uses the other.</param>
/// <param name="To">The type that is used.</param>
public sealed record TypeUse(PlacedType From, PlacedType To)
{
    /// <summary>The sentence for a test result: <c>Views.PlanView uses Commands.RunChoice</c>.</summary>
    public override string ToString() => $"{From} uses {To}";
}

/// <summary>A type and the folder that it is in.</summary>
/// <param name="Folder">The folder inside the project, with dots: <c>Commands.Runs</c>. Empty for the root of the project.</param>
/// <param name="Name">The name of the type.</param>
public sealed record PlacedType(string Folder, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Folder.Length == 0 ? Name : $"{Folder}.{Name}";
}
