using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PachUp.Pachyderm;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Verification.Tests;

public class ForwardedContextTests
{
    private static readonly StandInExecution Other = StandInExecution.Of(Clusters.Of()) with
    {
        Purpose = PlanPurpose.Reload,
        IsInPlace = true,
        CarriesObjects = true,
        ArchivePath = "/a.pachx",
        TargetRelease = new Release(1, 9, 5),
        Options = new MigrationOptions { Outputs = OutputChoice.Keep },
    };

    [Fact]
    public void It_answers_as_the_other_context_does()
    {
        var context = new Unchanged(Other);

        Assert.Equal((Other.Purpose, Other.IsInPlace, Other.CarriesObjects), (context.Purpose, context.IsInPlace, context.CarriesObjects));
        Assert.Equal((Other.ArchivePath, Other.TargetRelease, Other.Options), (context.ArchivePath, context.TargetRelease, context.Options));
        Assert.Same(Other.Source, context.Source);
        Assert.Same(Other.Target, context.Target);
        Assert.Same(Other.Route, context.Route);
        Assert.Same(Other.Survey, context.Survey);
        Assert.Same(Other.Log, context.Log);
    }

    [Fact]
    public void Every_member_of_a_context_is_forwarded_also_those_with_defaults()
    {
        var members = typeof(IStepContext).GetProperties().Select(property => property.Name).Order();

        Assert.Equal(members, typeof(ForwardedContext).GetProperties().Select(property => property.Name).Order());
    }

    [Fact]
    public void A_derived_one_changes_single_answers()
    {
        var survey = new Survey { Source = Clusters.Of(Clusters.Repo("more")), ExpectedTarget = new ExpectedTarget { Inventory = Clusters.Of() } };

        var context = new WithSurvey(Other, survey) { Log = NullLogger<ForwardedContextTests>.Instance };

        Assert.Same(survey, context.Survey);
        Assert.Same(NullLogger<ForwardedContextTests>.Instance, context.Log);
        Assert.Equal(Other.TargetRelease, context.TargetRelease);
    }

    private sealed class Unchanged(IStepContext context) : ForwardedContext(context);

    private sealed class WithSurvey(IStepContext context, Survey survey) : ForwardedContext(context)
    {
        public override Survey Survey => survey;

        public override ILogger Log { get; init; } = context.Log;
    }
}
