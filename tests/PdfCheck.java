// Holds PDFs to PDF/UA-1 and PDF/A-2a with veraPDF, and prints each rule that one breaks.
import java.io.FileInputStream;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;

public class PdfCheck {
  static final String[][] STANDARDS = {{"ua1", "PDFUA-1"}, {"2a", "PDFA-2A"}};

  public static void main(String[] files) throws Exception {
    java.util.logging.LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    for (String file : files)
      for (String[] standard : STANDARDS) System.out.println(file + "\t" + standard[1] + "\t" + broken(file, standard));
  }

  static String broken(String file, String[] standard) throws Exception {
    var profile = PdfCheck.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + standard[1] + ".xml");
    var flavour = PDFAFlavour.fromString(standard[0]);
    try (var parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour)) {
      var validator = Foundries.defaultInstance().createValidator(Profiles.profileFromXml(profile), false);
      ValidationResult result = validator.validate(parser);
      var rules = new TreeSet<String>();
      for (TestAssertion one : result.getTestAssertions())
        if (one.getStatus() == TestAssertion.Status.FAILED) rules.add(one.getRuleId() + " " + one.getMessage());
      return result.isCompliant() && result.getTotalAssertions() > 0 ? "" : "breaks " + rules;
    }
  }
}
